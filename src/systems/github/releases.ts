import type { Service } from '../../model/catalog.ts';
import type { Deploy } from '../../model/deploy.ts';
import { MINUTE } from '../../model/instant.ts';
import type { Releases } from '../../model/ports/index.ts';
import type { SafeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { inParallel } from '../parallel.ts';
import { GithubClient, type Page, type Parameters } from './client.ts';
import { type Course, courseOf, toDeploy, versionOf } from './deployment.ts';
import { SYSTEM } from './failure.ts';
import * as wire from './wire.ts';

const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments';
const STATUSES = '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses';
/** The statuses of each are a request. */
const MOST = 30;
const A_PAGE = 50;
const MOST_PAGES = 3;
/** A deployment has a handful of statuses; its first page, newest first, tells how it went. */
const STATUSES_READ = 30;
const AT_ONCE = 4;
/** A list is not asked for again before; what has not ended is looked at each time. */
const FRESH_MS = MINUTE;

interface Told {
  readonly deployment: wire.WireDeployment;
  readonly version: SafeText;
}

interface Listing {
  readonly told: readonly Told[];
  readonly etag: string | null;
  /** On the monotonic clock. */
  askedAt: number;
}

/**
 * Deployments in GitHub, newest first: https://docs.github.com/en/rest/deployments/deployments. A list is asked for
 * once a minute, with the tag of the last answer; how a deployment ended is asked once.
 */
export function openDeployments(
  deps: AdapterDeps,
  monotonic: () => number = () => performance.now(),
): Releases {
  const { loaded, transport } = deps;
  const client = GithubClient.open(deps);
  const listings = new Map<string, Listing>();
  const ended = new Map<number, Course>();

  async function listed(at: Place, tag: string, signal?: AbortSignal): Promise<readonly Told[]> {
    const key = `${at.owner}/${at.repo} ${at.environment} ${tag}`;
    const known = listings.get(key);
    if (known !== undefined && monotonic() - known.askedAt < FRESH_MS) return known.told;
    const first = await client.getUnlessSame(
      DEPLOYMENTS,
      { ...at, per_page: A_PAGE },
      known?.etag ?? null,
      signal,
    );
    if (first === null) {
      if (known !== undefined) known.askedAt = monotonic();
      return known?.told ?? [];
    }
    const told = await everyPage(at, tag, first, signal);
    listings.set(key, { told, etag: first.headers.etag ?? null, askedAt: monotonic() });
    return told;
  }

  /** As many as are told, from the first page on. */
  async function everyPage(at: Place, tag: string, first: Page, signal?: AbortSignal) {
    const told = new Map<number, Told>();
    let answer = first;
    for (let page = 2; ; page += 1) {
      for (const deployment of decode(SYSTEM, 'deployments', wire.deployments, answer.data)) {
        const version = versionOf(deployment, tag);
        if (version !== null) told.set(deployment.id, { deployment, version });
      }
      const isMore = answer.headers.link?.includes('rel="next"') === true;
      if (!isMore || told.size >= MOST || page > MOST_PAGES) break;
      answer = await client.get(DEPLOYMENTS, { ...at, per_page: A_PAGE, page }, signal);
    }
    return [...told.values()].slice(0, MOST);
  }

  async function course(at: Place, { deployment }: Told, signal?: AbortSignal): Promise<Course> {
    const known = ended.get(deployment.id);
    if (known !== undefined) return known;
    const { owner, repo } = at;
    const asked = { owner, repo, deployment_id: deployment.id, per_page: STATUSES_READ };
    const { data } = await client.get(STATUSES, asked, signal);
    const statuses = decode(SYSTEM, 'statuses of a deployment', wire.deploymentStatuses, data);
    const found = courseOf(deployment, statuses, transport.now(SYSTEM));
    if (found.finishedAt !== null) ended.set(deployment.id, found);
    return found;
  }

  return {
    async deploys(service, environment, limit, signal) {
      const settings = loaded.config.services[service.name];
      const at = placeOf(deps, service, environment);
      if (at === null || settings === undefined) return [];
      const told = (await listed(at, settings.tag, signal)).slice(0, limit);
      const deploys = await inParallel(told, AT_ONCE, async (one): Promise<Deploy> => {
        const of = { service: service.name, environment, version: one.version };
        return toDeploy(of, one.deployment, await course(at, one, signal));
      });
      return deploys.toSorted((one, other) => other.startedAt - one.startedAt);
    },
  };
}

interface Place extends Parameters {
  readonly owner: string;
  readonly repo: string;
  readonly environment: string;
}

/** null: the service names no repository. */
function placeOf({ loaded }: AdapterDeps, { name }: Service, environment: string): Place | null {
  const [owner, repo] = loaded.config.services[name]?.repo?.split('/') ?? [];
  if (owner === undefined || repo === undefined) return null;
  const theirs = loaded.config.systems.github?.environments[environment] ?? environment;
  return { owner, repo, environment: theirs.replaceAll('{service}', name) };
}
