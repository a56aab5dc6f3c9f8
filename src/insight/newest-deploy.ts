import type { Deploy } from '../model/deploy.ts';
import { DAY, type Instant } from '../model/instant.ts';

/** A deploy that is older changed nothing that is new now. */
const LONGEST_AGO_MS = DAY;

/** The newest of the last 24 hours that reached an instance; null: there is none. `now` is on the clock of the deploys. */
export function newestDeploy(deploys: readonly Deploy[], now: Instant): Deploy | null {
  return deploys
    .filter(({ status }) => status === 'succeeded' || status === 'in_progress')
    .filter(({ startedAt }) => startedAt >= now - LONGEST_AGO_MS)
    .reduce<Deploy | null>((last, next) => (last && last.startedAt >= next.startedAt ? last : next), null);
}

/** When it was done, or began where it is not. */
export function landedAt({ startedAt, finishedAt }: Deploy): Instant {
  return finishedAt ?? startedAt;
}
