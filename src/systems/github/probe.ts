import { Failure, type FailureCode } from '../../model/failure.ts';
import type { Probe, Trouble } from '../../model/ports/probe.ts';
import type { SafeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { inParallel } from '../parallel.ts';
import { GithubClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import * as wire from './wire.ts';

/** A request each. */
const MOST_REPOSITORIES = 50;
const AT_ONCE = 4;

/**
 * What reading a commit and its pull requests takes of a fine-grained token, by the names of
 * https://docs.github.com/en/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens;
 * of a classic one it is the scope `repo` for both.
 */
const READS = [
  ['Contents: read', '/repos/{owner}/{repo}/commits/{ref}'],
  ['Pull requests: read', '/repos/{owner}/{repo}/commits/{ref}/pulls'],
] as const;
const READS_DEPLOYMENTS = ['Deployments: read', '/repos/{owner}/{repo}/deployments'] as const;

/** Whose token it is, whether every service's repository is there for it, and what it may not read in one of them. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = GithubClient.open(deps);
  const { config } = deps.loaded;
  const reads = config.systems.github?.deployments === true ? [...READS, READS_DEPLOYMENTS] : READS;
  const named = Object.values(config.services).flatMap(({ repo }) => repo ?? []);
  const repositories = [...new Set(named)].slice(0, MOST_REPOSITORIES);
  return {
    system: SYSTEM,
    async check(signal) {
      const identity = await whoAmI(client, signal);
      const hidden = (
        await inParallel(repositories, AT_ONCE, async (name) =>
          (await isRefused(client, '/repos/{owner}/{repo}', name, ['not_found', 'forbidden'], signal))
            ? [name]
            : [],
        )
      ).flat();
      const seen = repositories.find((name) => !hidden.includes(name));
      const missing =
        seen === undefined
          ? []
          : await inParallel(reads, AT_ONCE, async ([permission, route]) =>
              (await isRefused(client, route, seen, ['forbidden'], signal)) ? [permission] : [],
            );
      return {
        identity,
        missing: missing.flat(),
        now: null,
        budget: null,
        trouble: troubleOf(repositories, hidden),
      };
    },
  };
}

/** null: the token of an app's installation, which is nobody's: GitHub answers 403. */
async function whoAmI(client: GithubClient, signal: AbortSignal | undefined): Promise<SafeText | null> {
  try {
    return decode(SYSTEM, 'a user', wire.user, (await client.get('/user', {}, signal)).data).login;
  } catch (error) {
    if (error instanceof Failure && error.code === 'forbidden') return null;
    throw error;
  }
}

async function isRefused(
  client: GithubClient,
  route: string,
  repository: string,
  refusals: readonly FailureCode[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const [owner = '', repo = ''] = repository.split('/');
  try {
    await client.get(route, { owner, repo, ...(route.includes('{ref}') ? { ref: 'HEAD' } : {}) }, signal);
    return false;
  } catch (error) {
    if (error instanceof Failure && refusals.includes(error.code)) return true;
    throw error;
  }
}

function troubleOf(repositories: readonly string[], hidden: readonly string[]): Trouble | null {
  if (repositories.length === 0) {
    return { text: 'No service names its repository.', fix: 'set services.NAME.repo to org/name' };
  }
  if (hidden.length === 0) return null;
  const [first, ...more] = hidden;
  return {
    text: `It shows no repository ${first}${more.length === 0 ? '' : ` and ${more.length} more`} to this token.`,
    fix: 'check services.NAME.repo; a private one takes the scope repo, and the organisation’s approval',
  };
}
