import type { Group } from '../../model/fleet.ts';
import type { Judge, RollbackFacts } from './facts.ts';

/** A replacing update starts at the size that the stack's parameter says, not at the one that was scaled to. */
export const capacity: Judge = (facts) => {
  const id = 'capacity';
  const { groups } = facts;
  if (groups === null)
    return { id, result: 'warn', text: 'The groups cannot be read: their size is not known.' };
  const serving = servingGroup(groups);
  const start = startSize(facts);
  if (serving === null || start === null) {
    return { id, result: 'skipped', text: 'The size that the new group starts with cannot be told.' };
  }
  const wanted = `${serving.desired} ${serving.desired === 1 ? 'is' : 'are'}`;
  if (start < serving.desired) {
    return {
      id,
      result: 'warn',
      text: `The new group starts with ${instances(start)}; ${wanted} wanted now (scaled up). It may be too small.`,
    };
  }
  if (start > serving.max) {
    return {
      id,
      result: 'warn',
      text: `The new group starts with ${instances(start)}, more than its maximum of ${serving.max}.`,
    };
  }
  return {
    id,
    result: 'pass',
    text: `The new group starts with ${instances(start)}; ${wanted} wanted now.`,
  };
};

/** Suspended processes keep a group from launching or replacing what it needs. */
export const scalingProcesses: Judge = ({ groups }) => {
  const id = 'scaling-processes';
  if (groups === null)
    return { id, result: 'warn', text: 'The groups cannot be read: suspended processes are not known.' };
  const suspended = [...new Set(groups.flatMap((group) => group.suspendedProcesses))];
  return suspended.length === 0
    ? { id, result: 'pass', text: 'No scaling process is suspended.' }
    : { id, result: 'warn', text: `Suspended scaling processes: ${suspended.join(', ')}.` };
};

/** The newest group that has instances; null: none has. */
export function servingGroup(groups: readonly Group[]): Group | null {
  const filled = groups.filter((group) => group.instances.length > 0);
  return filled.reduce<Group | null>(
    (newest, group) => (newest === null || group.createdAt > newest.createdAt ? group : newest),
    null,
  );
}

function instances(count: number): string {
  return count === 1 ? '1 instance' : `${count} instances`;
}

function startSize({ stack }: RollbackFacts): number | null {
  const parameter = Object.entries(stack.parameters).find(([name]) => /desired/i.test(name));
  const size = parameter === undefined ? Number.NaN : Number(parameter[1]);
  return Number.isInteger(size) ? size : null;
}
