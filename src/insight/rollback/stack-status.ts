import type { Judge, RollbackFacts } from './facts.ts';
import { type UnderWayFacts, underWay } from './under-way.ts';

/** The statuses from which CloudFormation takes an update. */
const READY = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

type Standing = UnderWayFacts & Pick<RollbackFacts, 'service'>;

export const stackStatus: Judge = (facts) => {
  const { status } = facts.stack;
  const id = 'stack-status';
  if (READY.has(status)) return { id, result: 'pass', text: `The stack is ${status}.` };
  return { id, result: 'block', text: `${whyNot(status, facts)} Nothing was sent.` };
};

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
