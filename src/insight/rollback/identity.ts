import type { Judgement, RollbackFacts } from './facts.ts';

/** Under which account, role and region it would be executed. */
export const identity = ({
  stack,
  environment,
}: Pick<RollbackFacts, 'stack' | 'environment'>): Judgement => ({
  id: 'identity',
  result: 'pass',
  text: `Stack ${stack.name} (${environment}) in account ${stack.identity.account}, ${stack.identity.region}, as ${stack.identity.arn}.`,
});
