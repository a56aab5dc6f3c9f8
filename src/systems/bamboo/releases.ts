import type { Deploy } from '../../model/deploy.ts';
import type { Releases } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { BambooClient } from './client.ts';
import { Directory, namedIn } from './directory.ts';
import { toDeploy } from './result.ts';
import { newestResults } from './results.ts';

/** What Bamboo deployed, as its deployment projects remember it. */
export function openResults(deps: AdapterDeps): Releases {
  const client = new BambooClient(deps);
  const directory = new Directory(client);
  return {
    async deploys(service, environment, limit, signal) {
      const named = namedIn(deps, service, environment);
      if (named === null) return [];
      const results = await newestResults(client, await directory.target(named), limit, signal);
      return results
        .map((result) => toDeploy({ service: service.name, environment }, result, named.release, client.base))
        .filter((deploy): deploy is Deploy => deploy !== null)
        .toSorted((one, other) => other.startedAt - one.startedAt)
        .slice(0, limit);
    },
  };
}
