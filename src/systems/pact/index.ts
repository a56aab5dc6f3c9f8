import * as z from 'zod';
import type { Contracts } from '../../model/ports/contracts.ts';
import { safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { openPact } from './client.ts';
import { SYSTEM } from './failure.ts';

/** Many services around it, each with a reason of its own. */
const MAX_REASON = 300;

/**
 * The body of the matrix, of which the summary is enough. `deployable` is null where a contract was not verified:
 * https://github.com/pact-foundation/pact_broker, lib/pact_broker/matrix/deployment_status_summary.rb
 */
const answer = z.object({
  summary: z.object({ deployable: z.boolean().nullish(), reason: z.string().nullish() }),
});

/**
 * Contracts in a Pact Broker: `GET /can-i-deploy`, one request, which asks the matrix for what is deployed in that
 * environment now (lib/pact_broker/doc/views/can-i-deploy.markdown).
 */
export function openContracts(deps: AdapterDeps): Contracts {
  const read = openPact(deps);
  const { services, systems } = deps.loaded.config;
  return {
    async canDeploy(service, environment, version, signal) {
      const pacticipant = services[service.name]?.pacticipant;
      if (pacticipant === undefined) return null;
      const query = new URLSearchParams({
        pacticipant,
        version,
        environment: systems.pact?.environments[environment] ?? environment,
      });
      const told = await read(`/can-i-deploy?${query}`, signal);
      const { deployable, reason } = decode(SYSTEM, 'whether it can be deployed', answer, told).summary;
      const lines = (reason ?? '').split('\n').filter((line) => line.trim() !== '');
      return {
        fits: deployable ?? null,
        reason: safeText(lines.join('; ') || 'the broker gives no reason', { maxLength: MAX_REASON }),
      };
    },
  };
}
