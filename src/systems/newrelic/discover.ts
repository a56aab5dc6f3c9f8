import * as z from 'zod';
import { environmentNamed } from '../../insight/match-names.ts';
import { type Discovery, type FoundThing, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { textSchema } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { NerdGraph } from './client.ts';
import { SYSTEM } from './failure.ts';

const MAX_PAGES = 20;
const ENVIRONMENT_TAGS = ['environment', 'env'];

/** https://docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-entities-api-tutorial */
const SEARCH = `query ($search: String!, $cursor: String) {
  actor { entitySearch(query: $search) { results(cursor: $cursor) {
    entities { guid name tags { key values } }
    nextCursor
  } } }
}`;

const entity = z.object({
  guid: z.string(),
  name: textSchema,
  tags: z.array(z.object({ key: z.string(), values: z.array(z.string()).nullish() })).nullish(),
});
const found = z.object({
  actor: z.object({
    entitySearch: z
      .object({
        results: z
          .object({ entities: z.array(entity).nullish(), nextCursor: z.string().nullish() })
          .nullish(),
      })
      .nullish(),
  }),
});

/** The applications of the account, with the environment that a tag of them tells. */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const graph = new NerdGraph(deps);
  const environments = Object.keys(deps.loaded.config.environments);
  return {
    system: SYSTEM,
    async discover(signal) {
      const things: FoundThing[] = [];
      const search = `domain = 'APM' AND type = 'APPLICATION' AND accountId = ${graph.account}`;
      let cursor: string | null = null;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer: z.output<typeof found> = await graph.query(
          'applications',
          found,
          SEARCH,
          { search, cursor },
          signal,
        );
        const results = answer.actor.entitySearch?.results;
        things.push(...(results?.entities ?? []).map((one) => thingOf(one, environments)));
        cursor = results?.nextCursor ?? null;
        if (cursor === null || cursor === '') return { ...NOTHING_FOUND, things };
      }
      return { ...NOTHING_FOUND, things, gaps: [`New Relic has more applications than ${things.length}.`] };
    },
  };
}

function thingOf({ guid, name, tags }: z.output<typeof entity>, environments: readonly string[]): FoundThing {
  const told = tags?.find(({ key }) => ENVIRONMENT_TAGS.includes(key.toLowerCase()))?.values?.[0];
  return {
    system: SYSTEM,
    kind: 'New Relic application',
    name,
    service: null,
    environment: told === undefined ? null : environmentNamed(told, environments),
    squad: null,
    isService: false,
    keys: { newrelic_entity: guid },
  };
}
