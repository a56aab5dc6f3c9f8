import type { ScalingActivity } from '../../model/fleet.ts';
import { MINUTE } from '../../model/instant.ts';
import type { TimelineEvent } from './facts.ts';

/** Of the same kind, in the same group, so close to one another: one line. */
const TOGETHER_MS = 2 * MINUTE;
/** More instances than that are counted, not named. */
const NAMED = 3;

type Fold = readonly [ScalingActivity, ...ScalingActivity[]];

/** Instances that came and went (oldest first), told together where many did. */
export function instanceEvents(activities: readonly ScalingActivity[]): readonly TimelineEvent[] {
  const folds: [ScalingActivity, ...ScalingActivity[]][] = [];
  for (const activity of activities) {
    const fold = folds.findLast(([first]) => isAlike(first, activity));
    const last = fold?.at(-1);
    if (fold !== undefined && last !== undefined && activity.startedAt - last.startedAt <= TOGETHER_MS) {
      fold.push(activity);
    } else folds.push([activity]);
  }
  return folds.map(
    (fold): TimelineEvent => ({
      at: fold[0].startedAt,
      kind: kindOf(fold[0]),
      who: null,
      text: textOf(fold),
      source: 'aws',
      url: null,
    }),
  );
}

function isAlike(one: ScalingActivity, other: ScalingActivity): boolean {
  return (
    one.group === other.group &&
    kindOf(one) === kindOf(other) &&
    one.result === other.result &&
    one.why === other.why
  );
}

function kindOf({ kind, result, failedHealthCheck }: ScalingActivity): string {
  if (kind === 'other') return 'scaling';
  if (kind === 'launch') return result === 'failed' ? 'launch_failed' : 'launch';
  return failedHealthCheck ? 'unhealthy' : 'terminate';
}

function textOf(fold: Fold): string {
  const [{ kind, group, result, why, text, failedHealthCheck }] = fold;
  const reason = why === null ? '' : `: ${why}`;
  const verb = { done: '', under_way: ' being', failed: ' not' }[result];
  if (kind === 'other') return `${group}: ${text}${times(fold.length)}`;
  if (kind === 'launch' && result === 'failed')
    return `Launch failed in ${group}: ${text}${times(fold.length)}`;
  if (kind === 'launch') return `${whoOf(fold, false)}${verb} launched in ${group}${reason}`;
  return `${whoOf(fold, failedHealthCheck)}${verb} ended in ${group}${reason}`;
}

function times(count: number): string {
  return count === 1 ? '' : ` (${count} times)`;
}

/** Who was unwell is named as long as they are few; of the others one alone is. */
function whoOf(fold: Fold, named: boolean): string {
  const ids = fold.flatMap(({ instance }) => instance ?? []);
  if (ids.length === fold.length && ids.length <= (named ? NAMED : 1)) return ids.join(', ');
  return `${fold.length} ${fold.length === 1 ? 'instance' : 'instances'}`;
}
