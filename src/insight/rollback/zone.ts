import { zoneSentence } from '../zone-trouble.ts';
import type { Judge } from './facts.ts';

/** Where a zone is out, going back helps nobody, and takes the capacity that is left. */
export const zone: Judge = ({ zone: fact, service }) => {
  const id = 'zone';
  if (fact.kind === 'unread') {
    const text = `Whether a whole availability zone is in trouble is not known: ${fact.why}`;
    return { id, result: 'skipped', text };
  }
  if (fact.trouble === null) {
    return { id, result: 'pass', text: 'No availability zone stands out among the unhealthy instances.' };
  }
  const own = fact.trouble.services.includes(service.name) ? '' : ` None of them is of ${service.name}.`;
  return {
    id,
    result: 'warn',
    text: `${zoneSentence(fact.trouble)}${own} A rollback will not help, and its new instances may find no room.`,
  };
};
