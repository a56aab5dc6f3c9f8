import type { Judgement, RollbackFacts } from './facts.ts';

/** Under which account, role and region it would be executed; a stack lies in one account and one region. */
export const identity = ({ stack, environment }: Pick<RollbackFacts, 'stack' | 'environment'>): Judgement => {
  const id = 'identity';
  const { account, region, arn } = stack.identity;
  const text = `Stack ${stack.name} (${environment}) in account ${account}, ${region}, as ${arn}.`;
  const [, ownRegion, ownAccount] = /^arn:[\w-]+:cloudformation:([\w-]+):(\d{12}):/.exec(stack.id) ?? [];
  if (ownRegion === undefined || (ownRegion === region && ownAccount === account)) {
    return { id, result: 'pass', text };
  }
  return {
    id,
    result: 'block',
    text: `${text} But the stack lies in account ${ownAccount}, ${ownRegion}: check environments.${environment}.aws.`,
  };
};
