import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { type Discovery, type FoundThing, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { readCatalog } from '../backstage/catalog.ts';
import { decode, textSchema } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { inParallel } from '../parallel.ts';
import { GithubClient } from './client.ts';
import { SYSTEM } from './failure.ts';

const PAGE = 100;
const MAX_PAGES = 10;
/** A request each. */
const MOST_CATALOGS = 300;
const AT_ONCE = 4;

const repositories = z.array(z.object({ full_name: textSchema, archived: z.boolean().nullish() }));
const content = z.object({ content: z.string(), encoding: z.string() });

/**
 * The organisations' repositories, and the catalog file of each that has one:
 * https://docs.github.com/en/rest/repos/repos#list-organization-repositories,
 * https://docs.github.com/en/rest/repos/contents#get-repository-content
 */
export function openDiscovery(deps: AdapterDeps, organisations: readonly string[]): Discovery {
  const client = GithubClient.open(deps);
  return {
    system: SYSTEM,
    async discover(signal) {
      const gaps: string[] = [];
      const names: string[] = [];
      for (const org of organisations) {
        const asked = { org, per_page: PAGE, sort: 'pushed' };
        const pages = await client.pages('/orgs/{org}/repos', asked, MAX_PAGES, signal);
        const all = pages.flatMap((page) => decode(SYSTEM, 'repositories', repositories, page));
        names.push(...all.flatMap((one) => (one.archived === true ? [] : [one.full_name])));
        if (pages.length >= MAX_PAGES)
          gaps.push(`Of ${org} the ${names.length} repositories pushed to last were read.`);
      }
      if (names.length > MOST_CATALOGS)
        gaps.push(`Catalog files were looked for in ${MOST_CATALOGS} repositories.`);
      const catalogs = await inParallel(names.slice(0, MOST_CATALOGS), AT_ONCE, async (name) => {
        const text = await catalogOf(client, name, signal);
        return text === null ? { things: [], gaps: [] } : readCatalog(text, `catalog-info.yaml of ${name}`);
      });
      return {
        ...NOTHING_FOUND,
        things: [...names.map(repositoryThing), ...catalogs.flatMap(({ things }) => things)],
        gaps: [...gaps, ...catalogs.flatMap((catalog) => catalog.gaps)],
      };
    },
  };
}

function repositoryThing(name: string): FoundThing {
  return {
    system: SYSTEM,
    kind: 'repository',
    name: textSchema.parse(name),
    service: null,
    environment: null,
    squad: null,
    isService: false,
    keys: { repo: name },
  };
}

/** null: it has none, or keeps it to itself. */
async function catalogOf(
  client: GithubClient,
  repository: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const [owner = '', repo = ''] = repository.split('/');
  try {
    const { data } = await client.get(
      '/repos/{owner}/{repo}/contents/{path}',
      { owner, repo, path: 'catalog-info.yaml' },
      signal,
    );
    const file = decode(SYSTEM, 'a file', content, data);
    return file.encoding === 'base64' ? Buffer.from(file.content, 'base64').toString('utf8') : null;
  } catch (error) {
    if (error instanceof Failure && (error.code === 'not_found' || error.code === 'forbidden')) return null;
    throw error;
  }
}
