import { safeText } from '../../model/safe-text.ts';
import type { StackUpdate } from '../../model/stack.ts';
import { type HistoryEvent, isGroup } from './stack-events.ts';

/**
 * Which group an operation makes, and which one was there before. A replacement is told first of the old physical
 * resource, then of the one that is made; what is made says that its creation was initiated:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-resource-configuration-complete.html
 */
export function groupsOf(events: readonly HistoryEvent[]): Pick<StackUpdate, 'newGroup' | 'oldGroup'> {
  const told = events.filter((event) => isGroup(event.resourceType) && event.physicalId !== null);
  const made = told.find(({ reason }) => /creation initiated/i.test(reason ?? ''))?.physicalId;
  const old = told.find(({ physicalId }) => physicalId !== made)?.physicalId;
  return { newGroup: made == null ? null : safeText(made), oldGroup: old == null ? null : safeText(old) };
}
