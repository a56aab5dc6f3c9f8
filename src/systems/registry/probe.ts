import type { Probe } from '../../model/ports/probe.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { SYSTEM } from './failure.ts';
import { openClient } from './open-client.ts';

/** `GET /v2/`, by which every client begins. Registries tell nobody's permissions: pulling shows them. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = openClient(deps);
  const { username } = deps.loaded.config.systems.registry ?? {};
  return {
    system: SYSTEM,
    async check(signal) {
      const read = { method: 'GET', path: '/v2/', repository: '', what: 'its version' } as const;
      await client.read(read, signal);
      return {
        identity: safeText(username ?? 'anybody'),
        missing: [],
        now: deps.transport.now(SYSTEM),
        budget: null,
      };
    },
  };
}
