import type { Deploy } from '../../model/deploy.ts';

/** Which way a change of version goes: by when each was first deployed. `back` where nothing tells. */
export function direction(
  deploys: readonly Deploy[] | null,
  from: string | null,
  to: string | null,
): 'back' | 'forward' {
  const [left, wanted] = [from, to].map((version) => firstDeployed(deploys ?? [], version));
  return left != null && wanted != null && wanted > left ? 'forward' : 'back';
}

function firstDeployed(deploys: readonly Deploy[], version: string | null): number | null {
  const times = deploys.filter((deploy) => deploy.version === version).map(({ startedAt }) => startedAt);
  return times.length === 0 ? null : Math.min(...times);
}
