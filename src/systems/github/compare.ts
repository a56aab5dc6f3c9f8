import { isMigration } from '../../insight/migration-paths.ts';
import type { Service } from '../../model/catalog.ts';
import type { Changes, PullRequest } from '../../model/changes.ts';
import { Failure } from '../../model/failure.ts';
import type { Compare } from '../../model/ports/compare.ts';
import { safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { inParallel } from '../parallel.ts';
import { GithubClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { pullNumbers } from './pull-numbers.ts';
import { toCommit, toFile, toPullRequest } from './to-model.ts';
import { whatIsUnknown } from './unknown-version.ts';
import * as wire from './wire.ts';

/** Without `per_page` GitHub stops at 250 commits; with it, it pages on. */
const PAGE = 100;
const MOST_PAGES = 5;
/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
const MOST_FILES = 300;
/** Commits that name no pull request and are asked about; each is a request. */
const ASKED_FOR_PULLS = 10;
const AT_ONCE = 4;

const COMPARE = '/repos/{owner}/{repo}/compare/{basehead}';
const PULLS = '/repos/{owner}/{repo}/commits/{sha}/pulls';

export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

export function openCompare(deps: AdapterDeps): Compare {
  const client = GithubClient.open(deps);

  async function compared(at: Repository, basehead: string, signal: AbortSignal | undefined) {
    const pages = await client.pages(COMPARE, { ...at, basehead, per_page: PAGE }, MOST_PAGES, signal);
    const [first, ...more] = pages.map((page) => decode(SYSTEM, 'a comparison', wire.comparison, page));
    if (first === undefined)
      throw new Failure(SYSTEM, 'unreadable', 'github gave a comparison without a page.');
    // Oldest first; a server that does not page gives the same again.
    const commits = new Map([first, ...more].flatMap((page) => page.commits).map((one) => [one.sha, one]));
    return { ...first, files: first.files ?? [], commits: [...commits.values()].toReversed() };
  }

  /** Newest first: those that messages name, then those of a few commits that name none. */
  async function pullsOf(
    at: Repository,
    page: string,
    commits: readonly wire.WireCommit[],
    signal?: AbortSignal,
  ) {
    const named = pullNumbers(commits);
    const unnamed = commits.filter(({ sha }) => !named.has(sha)).slice(0, ASKED_FOR_PULLS);
    const asked = await inParallel(unnamed, AT_ONCE, async ({ sha }) => {
      const { data } = await client.get(PULLS, { ...at, sha }, signal);
      const found = decode(SYSTEM, 'pull requests', wire.pulls, data);
      return [sha, found.find(({ merged_at }) => merged_at != null) ?? null] as const;
    });
    const looked = new Map(asked);
    const numbers = new Map<string, number>();
    const pulls = new Map<number, PullRequest>();
    for (const one of commits) {
      const told = named.get(one.sha);
      const read = looked.get(one.sha) ?? null;
      const number = told?.number ?? read?.number;
      if (number === undefined) continue;
      numbers.set(one.sha, number);
      // Whoever merged it need not have written it: its oldest commit tells.
      const { author } = toCommit(one, number);
      const pull = read !== null ? toPullRequest(read) : pulls.get(number);
      pulls.set(number, {
        number,
        title: pull?.title ?? told?.title ?? safeText(''),
        author: read?.user?.login ?? author,
        url: pull?.url ?? safeText(`${page}/pull/${number}`),
      });
    }
    return { numbers, pulls: [...pulls.values()] };
  }

  return {
    async changes(service, from, to, signal) {
      const { at, tag, migrationPaths } = sourceOf(deps, service);
      const [base, head] = [refOf(tag, from), refOf(tag, to)];
      const found = await compared(at, `${base}...${head}`, signal).catch(async (thrown: unknown) => {
        if (!(thrown instanceof Failure) || thrown.code !== 'not_found') throw thrown;
        throw await whatIsUnknown(client, service, at, [base, head], signal);
      });
      const url = found.html_url ?? null;
      // `https://HOST/org/name/compare/v1...v2`: its other pages lie beside.
      const page = url?.replace(/\/compare\/.*$/, '') ?? '';
      const { numbers, pulls } = await pullsOf(at, page, found.commits, signal);
      const files = found.files.map(toFile);
      return {
        from,
        to,
        repository: safeText(`${at.owner}/${at.repo}`),
        ahead: found.ahead_by,
        behind: found.behind_by,
        commits: found.commits.map((one) => toCommit(one, numbers.get(one.sha) ?? null)),
        complete: found.commits.length >= found.total_commits,
        pullRequests: url === null ? pulls.map((pull) => ({ ...pull, url: null })) : pulls,
        files,
        filesComplete: files.length < MOST_FILES,
        migrations: files.map(({ path }) => path).filter((path) => isMigration(path, migrationPaths)),
        url,
      } satisfies Changes;
    },
  };
}

/** `{version}` filled in. Two dots are in no name of git's (git-check-ref-format), and would compare something else. */
function refOf(tag: string, version: string): string {
  const ref = tag.replaceAll('{version}', version);
  if (!/\.\.|[\s~^:?*[\\]/.test(ref) && version !== '') return ref;
  throw new Failure(SYSTEM, 'invalid', `'${version}' is no version that could be tagged in git.`);
}

function sourceOf({ loaded }: AdapterDeps, { name }: Service) {
  const settings = loaded.config.services[name];
  const [owner, repo] = settings?.repo?.split('/') ?? [];
  if (settings === undefined || owner === undefined || repo === undefined) {
    const text = `Where the source of ${name} is kept is not known: set services.${name}.repo in ${loaded.file}.`;
    throw new Failure(SYSTEM, 'not_configured', text);
  }
  return { at: { owner, repo }, tag: settings.tag, migrationPaths: settings.migration_paths };
}
