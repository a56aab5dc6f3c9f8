import type { Deploy } from '../../model/deploy.ts';
import type { Instant } from '../../model/instant.ts';

/** How a version was left for one that had served before it. */
export interface Leaving {
  /** When the earlier version had landed again. */
  readonly at: Instant;
  /** The version that it went back to. */
  readonly to: string;
}

/**
 * The versions that were rolled back from and have not served since, whoever did it and from wherever: a deploy of a
 * version that had served before the one it replaces is a rollback.
 */
export function leftBehind(deploys: readonly Deploy[]): ReadonlyMap<string, Leaving> {
  const landed = deploys
    .filter(({ status }) => status === 'succeeded')
    .map(({ version, startedAt, finishedAt }) => ({ version, at: finishedAt ?? startedAt }))
    .sort((a, b) => a.at - b.at);
  const first = (version: string) => landed.findIndex((each) => each.version === version);
  const left = new Map<string, Leaving>();
  landed.forEach(({ version, at }, index) => {
    left.delete(version);
    const before = landed[index - 1]?.version ?? version;
    if (first(version) < first(before)) left.set(before, { at, to: version });
  });
  return left;
}
