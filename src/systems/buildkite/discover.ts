import * as z from 'zod';
import { type Discovery, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { BuildkiteClient } from './client.ts';
import { SYSTEM } from './failure.ts';

const MAX_PAGES = 10;

/** https://buildkite.com/docs/apis/rest-api/pipelines#list-pipelines */
const pipelines = z.array(z.object({ slug: z.string() }));

/** The organisation's pipelines, by their slugs. */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const client = new BuildkiteClient(deps);
  return {
    system: SYSTEM,
    async discover(signal) {
      const { items, complete } = await client.list(
        'pipelines',
        pipelines,
        '/pipelines',
        [],
        MAX_PAGES,
        signal,
      );
      return {
        ...NOTHING_FOUND,
        gaps: complete ? [] : [`Buildkite has more than ${items.length} pipelines: the rest was not read.`],
        things: items.map(({ slug }) => ({
          system: SYSTEM,
          kind: 'pipeline',
          name: safeText(slug),
          service: null,
          environment: null,
          squad: null,
          isService: false,
          keys: { buildkite: { pipeline: slug } },
        })),
      };
    },
  };
}
