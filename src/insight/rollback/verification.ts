import type { Judge } from './facts.ts';

/** What is looked at when the stack says that it is done, and whether that can be seen from here. */
export const verification: Judge = ({ running, service, environment, to }) => {
  const id = 'verification';
  switch (running.kind) {
    case 'read':
      return {
        id,
        result: 'pass',
        text: `Verified at the end: instances in service, ${service.name} healthy, image of ${to ?? 'it'}; ${running.looked} of ${running.tried} can be looked into now.`,
      };
    case 'not_configured':
      return {
        id,
        result: 'skipped',
        text: `Verified at the end: instances in service, and no more: no way to containers is configured (environments.${environment}.containers).`,
      };
    case 'nothing_serves':
      return {
        id,
        result: 'skipped',
        text: 'No instance serves now: whether containers can be looked into at the end will be seen then.',
      };
    case 'unread':
      return {
        id,
        result: 'warn',
        text: `Whether the new instances run ${to ?? 'the image'} may stay unknown at the end: ${running.why}`,
      };
  }
};
