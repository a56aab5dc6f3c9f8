import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { type Discovery, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { decode, textSchema } from '../http/decode.ts';
import { parseJson } from '../http/json.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { SYSTEM } from './failure.ts';
import { openClient } from './open-client.ts';
import { nextQuery } from './tags.ts';

const PAGE = 1_000;
const MAX_PAGES = 20;

const catalog = z.object({ repositories: z.array(textSchema).nullish() });

/** `GET /v2/_catalog`, which many registries keep to themselves: https://distribution.github.io/distribution/spec/api/#listing-repositories */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const client = openClient(deps);
  return {
    system: SYSTEM,
    async discover(signal) {
      const names = new Set<string>();
      let query: string | null = `?n=${PAGE}`;
      try {
        for (let page = 0; query !== null && page < MAX_PAGES; page += 1) {
          const { answer, host } = await client.read(
            {
              method: 'GET',
              path: `/v2/_catalog${query}`,
              repository: '',
              what: 'its catalog',
            },
            signal,
          );
          const before = names.size;
          const told = decode(SYSTEM, 'its catalog', catalog, parseJson(SYSTEM, host, answer.body));
          for (const name of told.repositories ?? []) names.add(name);
          query = names.size === before ? null : nextQuery(answer.headers.link ?? '');
        }
      } catch (thrown) {
        if (!(thrown instanceof Failure) || !REFUSED.has(thrown.code)) throw thrown;
        const gap =
          'The registry does not list its repositories: set services.NAME.image and registry by hand.';
        return { ...NOTHING_FOUND, gaps: [gap] };
      }
      return {
        ...NOTHING_FOUND,
        things: [...names].map((name) => ({
          system: SYSTEM,
          kind: 'image repository',
          name: textSchema.parse(name),
          service: null,
          environment: null,
          squad: null,
          isService: false,
          keys: { image: name, registry: true },
        })),
      };
    },
  };
}

const REFUSED: ReadonlySet<string> = new Set(['unauthorized', 'forbidden', 'not_found', 'invalid']);
