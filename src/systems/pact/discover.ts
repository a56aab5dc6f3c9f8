import * as z from 'zod';
import { environmentNamed } from '../../insight/match-names.ts';
import { type Discovery, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { decode, textSchema } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { openPact } from './client.ts';
import { SYSTEM } from './failure.ts';

const named = z.array(z.object({ name: textSchema }));
/** https://github.com/pact-foundation/pact_broker, lib/pact_broker/api/decorators: neither of them is paged by default */
const pacticipants = z.object({ _embedded: z.object({ pacticipants: named }) });
const environments = z.object({ _embedded: z.object({ environments: named }) });

/** Pacticipants, and what the broker calls our environments. */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const read = openPact(deps);
  const ours = Object.keys(deps.loaded.config.environments);
  return {
    system: SYSTEM,
    async discover(signal) {
      const [known, places] = await Promise.all([
        read('/pacticipants', signal),
        read('/environments', signal),
      ]);
      const all = decode(SYSTEM, 'pacticipants', pacticipants, known)._embedded.pacticipants;
      const theirs = decode(SYSTEM, 'environments', environments, places)._embedded.environments;
      const pairs = theirs.flatMap(({ name }) => {
        const own = environmentNamed(name, ours);
        return own === null || own === name ? [] : [[own, name] as const];
      });
      return {
        ...NOTHING_FOUND,
        environmentNames: Object.fromEntries(pairs),
        things: all.map(({ name }) => ({
          system: SYSTEM,
          kind: 'pacticipant',
          name,
          service: null,
          environment: null,
          squad: null,
          isService: false,
          keys: { pacticipant: name },
        })),
      };
    },
  };
}
