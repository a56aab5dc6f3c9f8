import type { Deploy, DeployStatus } from '../../model/deploy.ts';
import { DAY, type Instant } from '../../model/instant.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import { lenientJson } from '../http/json.ts';
import { SYSTEM } from './failure.ts';
import type { WireDeployment, WireDeploymentStatus } from './wire.ts';

const NOBODY = ownText('unknown');
const LONGEST_VERSION = 200;
/** Of what was not told for so long, the end will not be told any more. */
const FORGOTTEN_AFTER = DAY;

/** `inactive`, a later one took its place, says nothing of how it went, and is left out here. */
const STATES: Readonly<Record<string, DeployStatus>> = {
  queued: 'in_progress',
  pending: 'in_progress',
  in_progress: 'in_progress',
  waiting: 'waiting',
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
};

/** How one deployment went, as its statuses tell. */
export type Course = Pick<Deploy, 'status' | 'startedAt' | 'finishedAt' | 'reference' | 'url'>;

/** In the payload as `version`, else its ref, read backwards through the pattern of tags; null: neither tells one. */
export function versionOf({ payload, ref }: WireDeployment, tag: string): SafeText | null {
  const told = typeof payload === 'string' ? lenientJson(payload) : payload;
  if (typeof told === 'object' && told !== null && 'version' in told && typeof told.version === 'string') {
    return told.version === '' ? null : safeText(told.version, { maxLength: LONGEST_VERSION });
  }
  const name = ref.replace(/^refs\/(tags|heads)\//, '');
  const [before = '', after = ''] = tag.split('{version}');
  const fits = name.startsWith(before) && name.endsWith(after) && name.length > before.length + after.length;
  return fits
    ? safeText(name.slice(before.length, name.length - after.length), { maxLength: LONGEST_VERSION })
    : null;
}

/**
 * https://docs.github.com/en/rest/deployments/statuses: the newest that is not `inactive` tells. A state that is not
 * known here goes on, and is shown as it is. @param told in any order
 */
export function courseOf(
  deployment: WireDeployment,
  told: readonly WireDeploymentStatus[],
  now: Instant,
): Course {
  const newest = told.toSorted((one, other) => other.created_at - one.created_at);
  const [last] = newest;
  const telling = newest.find(({ state }) => state !== 'inactive');
  const known = telling === undefined ? 'in_progress' : STATES[telling.state];
  const begun = newest.findLast(({ state }) => state === 'in_progress');
  const lastTold = last?.created_at ?? deployment.created_at;
  const isForgotten = known !== 'waiting' && now - lastTold > FORGOTTEN_AFTER;
  const isOver = last?.state === 'inactive' || isForgotten;
  const ended = known === 'succeeded' || known === 'failed';
  const status = ended ? known : isOver ? 'cancelled' : (known ?? 'in_progress');
  return {
    status,
    startedAt: begun?.created_at ?? deployment.created_at,
    finishedAt: ended ? (telling?.created_at ?? null) : isOver ? lastTold : null,
    reference: known === undefined ? (telling?.state ?? null) : null,
    url: telling?.log_url ?? telling?.target_url ?? telling?.environment_url ?? null,
  };
}

export function toDeploy(
  of: Pick<Deploy, 'service' | 'environment' | 'version'>,
  deployment: WireDeployment,
  course: Course,
): Deploy {
  return {
    ...of,
    ...course,
    who: deployment.creator?.login ?? NOBODY,
    source: SYSTEM,
    sources: [SYSTEM],
    waiting: null,
  };
}
