import { SECOND } from '../../model/instant.ts';
import { changeEvents } from './changes.ts';
import { deployEvents } from './deploys.ts';
import { isWithin, spanOf, type TimelineEvent, type TimelineFacts } from './facts.ts';
import { instanceEvents } from './instances.ts';
import { intentEvents } from './intents.ts';
import { logEvents } from './logs.ts';
import { markEvents } from './marks.ts';
import { pagerEvents } from './pager.ts';

/**
 * All that happened, oldest first. Most clocks tell whole seconds: what has the same one stays in the order of cause
 * (deploy, instances, log, page, act), and each source's own in the order in which it tells it.
 */
export function timeline(facts: TimelineFacts): readonly TimelineEvent[] {
  const span = spanOf(facts);
  const inSpan = (events: readonly TimelineEvent[]) => events.filter(({ at }) => isWithin(span, at));
  return [
    ...byTime(deployEvents(facts, span)),
    ...byTime(inSpan(instanceEvents(facts.activities))),
    ...byTime(inSpan(changeEvents(facts))),
    ...logEvents(facts),
    ...byTime(markEvents(facts)),
    ...byTime(pagerEvents(facts)),
    ...byTime(inOrderTold(inSpan(intentEvents(facts)))),
  ].sort((one, other) => Math.floor(one.at / SECOND) - Math.floor(other.at / SECOND));
}

function byTime(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  return events.toSorted((one, other) => one.at - other.at);
}

/** Each command of ours reads the clock anew and may be a second off: what it tells after another was after it. */
function inOrderTold(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  let last = Number.NEGATIVE_INFINITY;
  return events.map((event) => {
    const behind = last - event.at;
    const at = behind > 0 && behind <= SECOND ? last : event.at;
    last = at;
    return { ...event, at };
  });
}
