import type { Deploy } from '../model/deploy.ts';
import { type Instant, MINUTE } from '../model/instant.ts';

/** Clocks differ, and a pipeline says "done" a moment before or after the stack does. */
const SLACK_MS = 2 * MINUTE;
const UNKNOWN = 'unknown';

/**
 * One line for each deploy, newest first, however many systems tell of it: the same service, environment and version
 * at the same time. What the stack says of a deploy leads (it is what happened to the machines), a pipeline adds its
 * page, its number, who it was and whether it waits for a person.
 * @param told of each system, the leading one first; within one newest first
 */
export function mergeDeploys(told: readonly (readonly Deploy[])[]): readonly Deploy[] {
  const [leading = [], ...others] = told;
  let merged: Deploy[] = [...leading];
  for (const list of others) {
    const rest = [...list];
    merged = merged.map((deploy) => {
      const same = rest.findIndex((other) => isSame(deploy, other));
      return same === -1 ? deploy : joined(deploy, ...rest.splice(same, 1));
    });
    merged.push(...rest);
  }
  return merged.sort((a, b) => b.startedAt - a.startedAt);
}

function isSame(one: Deploy, other: Deploy): boolean {
  if (one.service !== other.service || one.environment !== other.environment) return false;
  return sameVersion(one, other) && overlap(one, other);
}

/** A stack that is being updated does not tell the version until its launch template changed. */
function sameVersion(one: Deploy, other: Deploy): boolean {
  if (one.version === other.version) return true;
  return (
    one.version === UNKNOWN &&
    one.status === 'in_progress' &&
    (other.status === 'in_progress' || other.status === 'succeeded')
  );
}

function overlap(one: Deploy, other: Deploy): boolean {
  return one.startedAt - SLACK_MS <= endOf(other) && other.startedAt - SLACK_MS <= endOf(one);
}

function endOf({ finishedAt }: Deploy): Instant {
  return finishedAt ?? Number.POSITIVE_INFINITY;
}

function joined(leading: Deploy, ...[other]: readonly Deploy[]): Deploy {
  if (other === undefined) return leading;
  return {
    ...leading,
    version: leading.version === UNKNOWN ? other.version : leading.version,
    who: leading.who === UNKNOWN ? other.who : leading.who,
    reference: other.reference ?? leading.reference,
    sources: [...leading.sources, ...other.sources],
    url: other.url ?? leading.url,
    waiting: leading.waiting ?? other.waiting,
  };
}
