import type { Judge } from './facts.ts';

/** Whether what runs around it still understands the earlier version: Pact's "can I deploy". */
export const contracts: Judge = ({ contracts: fact, to, service }) => {
  const id = 'contracts';
  switch (fact.kind) {
    case 'not_configured':
      return { id, result: 'skipped', text: `No contract broker is configured for ${service.name}.` };
    case 'unread':
      return {
        id,
        result: 'warn',
        text: `Whether ${to ?? 'it'} fits what runs around it is not known: ${fact.why}`,
      };
    case 'answered':
      return fact.fits
        ? { id, result: 'pass', text: `${to} fits what runs around it: ${sentence(fact.why)}` }
        : { id, result: 'warn', text: `${to} does not fit what runs around it: ${sentence(fact.why)}` };
  }
};

function sentence(why: string): string {
  return why.endsWith('.') ? why : `${why}.`;
}
