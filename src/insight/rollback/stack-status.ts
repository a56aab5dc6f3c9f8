import { rfc3339 } from '../../model/instant.ts';
import { whoseToken } from '../token.ts';
import type { Judge, RollbackFacts } from './facts.ts';

/** The statuses from which CloudFormation takes an update. */
const READY = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

type Standing = Pick<RollbackFacts, 'latest' | 'deploys' | 'environment' | 'stack' | 'service'>;

export const stackStatus: Judge = (facts) => {
  const { status } = facts.stack;
  const id = 'stack-status';
  if (READY.has(status)) return { id, result: 'pass', text: `The stack is ${status}.` };
  return { id, result: 'block', text: `${whyNot(status, facts)} Nothing was sent.` };
};

/** Who began the update that is under way, since when; the lock is the stack's own status. */
export function underWay({
  latest,
  deploys,
  environment,
  stack,
}: Pick<RollbackFacts, 'latest' | 'deploys' | 'environment' | 'stack'>): string {
  const first = latest?.[0];
  const begun = first === undefined ? '' : ` since ${rfc3339(first.at)}`;
  const token = first?.token ?? null;
  const ours = token === null ? null : whoseToken(token);
  const what = `${stack.name} (${environment}) is ${stack.status}`;
  if (ours !== null) {
    return `${what}${begun}: begun by ${ours.who} with oncall. To follow it where it was begun: oncall attach ${ours.intent}.`;
  }
  const deploy = deploys?.find((each) => each.status === 'in_progress');
  const who = deploy === undefined ? 'somebody else' : `${deploy.who}, deploying ${deploy.version}`;
  return `${what}${begun}: begun by ${who}.`;
}

/** Why it cannot be updated as it stands, and what to do by command. */
export function whyNot(status: string, facts: Standing): string {
  const command = `oncall rollback ${facts.service.name} --env ${facts.environment}`;
  const sentence = standing(status, facts);
  if (status === 'UPDATE_ROLLBACK_FAILED') return `${sentence} To continue it: ${command} --continue.`;
  if (status === 'UPDATE_IN_PROGRESS')
    return `${sentence} Wait for its end, or cancel it: ${command} --cancel.`;
  if (status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') return sentence;
  return status.endsWith('_IN_PROGRESS') ? `${sentence} Wait for its end.` : sentence;
}

/** How a stack stands that cannot be updated. */
export function standing(status: string, facts: Standing): string {
  if (status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') {
    return `${underWay(facts)} The new group serves and the old one is being deleted: this can be neither cancelled nor updated, so wait for UPDATE_COMPLETE.`;
  }
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    const { statusReason } = facts.stack;
    return `The stack is stuck in UPDATE_ROLLBACK_FAILED${statusReason === null ? '' : ` (${statusReason.trim()})`}: its rollback has to be continued first.`;
  }
  if (status.endsWith('_IN_PROGRESS')) return underWay(facts);
  return `The stack is ${status}: CloudFormation takes no update of it.`;
}
