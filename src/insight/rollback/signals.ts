import type { Instant } from '../../model/instant.ts';
import type { SignalCount, SignalRule, Stack, StackEvent } from '../../model/stack.ts';

const GROUP_TYPE = 'AWS::AutoScaling::AutoScalingGroup';

/** How CloudFormation tells of a signal: user guide, "CreationPolicy attribute" (signals are published as events). */
const SIGNAL = /^Received (SUCCESS|FAILURE) signal with UniqueId (\S+)/;

/** How many signals the new group needs; null: it cannot be told. */
export function neededSignals(rule: SignalRule, { parameters }: Pick<Stack, 'parameters'>): number | null {
  const { count } = rule;
  if (count === null || typeof count === 'number') return count;
  const value = parameters[count.parameter] ?? '';
  return /^\d+$/.test(value) ? Number(value) : null;
}

/** Signals of an update, counted from its events (oldest first), each instance once. */
export function countSignals(
  events: readonly StackEvent[],
  { needed, timeoutMs }: { readonly needed: number; readonly timeoutMs: number },
): SignalCount {
  const told = { SUCCESS: new Set<string>(), FAILURE: new Set<string>() };
  let begun: Instant | null = null;
  for (const { resourceType, status, reason, at } of events) {
    if (/ROLLBACK|CLEANUP/.test(status)) begun = null;
    if (resourceType !== GROUP_TYPE) continue;
    if (/^resource creation initiated/i.test(reason ?? '')) begun = at;
    if (!status.endsWith('_IN_PROGRESS')) begun = null;
    const [, kind, instance] = SIGNAL.exec(reason ?? '') ?? [];
    if (instance !== undefined) told[kind === 'SUCCESS' ? 'SUCCESS' : 'FAILURE'].add(instance);
  }
  return {
    received: told.SUCCESS.size,
    failed: told.FAILURE.size,
    needed,
    until: begun === null ? null : begun + timeoutMs,
  };
}
