import type { BambooClient } from './client.ts';
import type { Target } from './directory.ts';
import { askedAt } from './result.ts';
import * as wire from './wire.ts';

/** The newest results of an environment, newest first: at least `limit`, if there are as many. */
export async function newestResults(
  client: BambooClient,
  { environment }: Target,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly wire.WireResult[]> {
  const path = `deploy/environment/${environment.id}/results`;
  const found = await client.list(
    async (query) => {
      const { results, size } = await client.get('results', wire.results, `${path}?${query}`, signal);
      return { items: results, size: size ?? null };
    },
    (items) => items.length >= limit,
    limit,
  );
  return found.toSorted((one, other) => (askedAt(other) ?? 0) - (askedAt(one) ?? 0) || other.id - one.id);
}
