import type { Deploy } from '../../model/deploy.ts';
import type { ChangeRecord } from '../../model/incident.ts';
import { MINUTE } from '../../model/instant.ts';
import type { TimelineEvent, TimelineFacts } from './facts.ts';

/** A pipeline tells of a deploy when it begins, or soon after it has ended. */
const BEFORE_MS = 2 * MINUTE;
const AFTER_MS = 15 * MINUTE;

/** What PagerDuty was told of and nobody else tells: no deploy that stands there already, nothing that we did. */
export function changeEvents({
  changes,
  deploys,
  intents,
}: Pick<TimelineFacts, 'changes' | 'deploys' | 'intents'>): readonly TimelineEvent[] {
  const ours = (change: ChangeRecord) => intents.some(({ id }) => wordsOf(change).includes(id));
  return changes
    .filter((change) => !ours(change) && !deploys.some((deploy) => isTheSame(change, deploy)))
    .map(({ at, summary, source, url }) => ({
      at,
      kind: 'change',
      who: source,
      text: summary,
      source: 'pagerduty',
      url,
    }));
}

/** The same version at the same time, and no other environment is named. */
export function isTheSame(change: ChangeRecord, deploy: Deploy): boolean {
  const end = deploy.finishedAt ?? Number.POSITIVE_INFINITY;
  if (change.at < deploy.startedAt - BEFORE_MS || change.at > end + AFTER_MS) return false;
  const environment = change.details.find(([name]) => /^env(ironment)?$/i.test(name))?.[1];
  if (environment !== undefined && environment !== deploy.environment) return false;
  return wordsOf(change).includes(deploy.version);
}

function wordsOf({ summary, details }: ChangeRecord): readonly string[] {
  return [summary, ...details.map(([, value]) => value)]
    .flatMap((text) => text.split(/[\s,;:()[\]"'→]+/))
    .map((word) => word.replace(/\.$/, ''));
}
