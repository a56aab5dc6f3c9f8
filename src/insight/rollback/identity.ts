import type { Judge } from './facts.ts';

/** Under which account, role and region it would be executed. */
export const identity: Judge = ({ stack, environment }) => ({
  id: 'identity',
  result: 'pass',
  text: `Stack ${stack.name} (${environment}) in account ${stack.identity.account}, ${stack.identity.region}, as ${stack.identity.arn}.`,
});
