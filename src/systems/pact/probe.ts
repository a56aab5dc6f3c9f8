import type { Probe } from '../../model/ports/probe.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { openPact } from './client.ts';
import { SYSTEM } from './failure.ts';

/** The broker's index; who a token belongs to it does not tell. */
export function openProbe(deps: AdapterDeps): Probe {
  const read = openPact(deps);
  const { username } = deps.loaded.config.systems.pact ?? {};
  return {
    system: SYSTEM,
    async check(signal) {
      await read('/', signal);
      return {
        identity: username === undefined ? null : safeText(username),
        missing: [],
        now: null,
        budget: null,
      };
    },
  };
}
