import { Failure } from '../../model/failure.ts';
import type { Probe } from '../../model/ports/probe.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { SYSTEM } from './failure.ts';
import { openClient } from './open-client.ts';

/** `GET /v2/`, by which every client begins, and whether the image of one service may be pulled. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = openClient(deps);
  const { config } = deps.loaded;
  const repository = Object.values(config.services).find(({ registry }) => registry === true)?.image;

  async function missing(signal: AbortSignal | undefined): Promise<readonly string[]> {
    if (repository === undefined) return [];
    const path = `/v2/${repository}/tags/list?n=1`;
    try {
      await client.read({ method: 'GET', path, repository, what: `the tags of ${repository}` }, signal);
      return [];
    } catch (thrown) {
      if (thrown instanceof Failure && (thrown.code === 'forbidden' || thrown.code === 'unauthorized')) {
        return [`repository:${repository}:pull`];
      }
      throw thrown;
    }
  }

  return {
    system: SYSTEM,
    async check(signal) {
      await client.read({ method: 'GET', path: '/v2/', repository: '', what: 'its version' }, signal);
      return {
        identity: safeText(config.systems.registry?.username ?? 'anybody'),
        missing: await missing(signal),
        now: null,
        budget: null,
      };
    },
    cure: ({ code }) =>
      code === 'not_found' && repository !== undefined
        ? `Put the repository as the registry knows it into services.<name>.image: ${repository} is not there.`
        : null,
  };
}
