import { type HistoryEvent, isEnd, mayStart } from './stack-events.ts';

/** One operation on a stack, from the event that began it to the one that ended it. */
export interface StackUpdate {
  /** Oldest first; the first one began it. */
  readonly events: readonly [HistoryEvent, ...HistoryEvent[]];
}

/**
 * Cuts a stack's history into operations. Grouped by the stack's own statuses rather than by token: events of a
 * cancellation carry the cancellation's token but belong to the update that it ends.
 * @param events newest first, as DescribeStackEvents gives them
 * @returns newest first; events older than the first known start are left out
 */
export function updatesOf(events: readonly HistoryEvent[]): StackUpdate[] {
  const updates: [HistoryEvent, ...HistoryEvent[]][] = [];
  let ended = true;
  for (const event of events.toReversed()) {
    const current = updates.at(-1);
    if (mayStart(event) && (ended || current === undefined || isAnother(current[0], event))) {
      updates.push([event]);
      ended = false;
      continue;
    }
    current?.push(event);
    if (isEnd(event)) ended = true;
  }
  return updates.toReversed().map((update) => ({ events: update }));
}

/** An operation whose end was not told cannot swallow the next one. */
function isAnother(start: HistoryEvent, event: HistoryEvent): boolean {
  return event.token !== null && start.token !== event.token;
}
