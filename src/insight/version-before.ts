import type { Deploy } from '../model/deploy.ts';

/** The version that served before that one was deployed; null: none is known. */
export function versionBefore(
  deploys: readonly Deploy[],
  { version, startedAt }: Pick<Deploy, 'version' | 'startedAt'>,
): string | null {
  const earlier = deploys
    .filter((each) => each.status === 'succeeded' && each.startedAt < startedAt && each.version !== version)
    .toSorted((one, other) => other.startedAt - one.startedAt);
  return earlier[0]?.version ?? null;
}
