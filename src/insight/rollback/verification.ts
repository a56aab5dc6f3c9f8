import type { Judge } from './facts.ts';

/** What is looked at when the stack says that it is done, and whether that can be seen from here. */
export const verification: Judge = ({ running, service, environment, to }) => {
  const id = 'verification';
  switch (running.kind) {
    case 'read':
      return {
        id,
        result: 'pass',
        text: `At the end every new instance has to be in service, with ${service.name} healthy and made from the image of ${to ?? 'it'}; containers can be looked into (${running.looked} of ${running.tried} tried).`,
      };
    case 'not_configured':
      return {
        id,
        result: 'skipped',
        text: `At the end every new instance has to be in service; no more can be seen, for no way to containers is configured (environments.${environment}.containers).`,
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
