import type { PracticeCommit, PracticeFile, WorldState } from '../../world/state.ts';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';
import { cut } from './page.ts';
import { GithubRefusal, json } from './reply.ts';
import { showCommit, showFile, webOf } from './show.ts';

/** Without paging the oldest 250 commits are told, and no more; files with the first page only, 300 at most. */
const UNPAGED = 250;
const MOST_FILES = 300;

/** `GET /repos/{owner}/{repo}/compare/{basehead}`: https://docs.github.com/en/rest/commits/commits#compare-two-commits */
export function compare(
  state: WorldState,
  request: PracticeRequest,
  commits: readonly PracticeCommit[],
  service: string,
  basehead: string,
): PracticeAnswer {
  const [base = '', head = ''] = basehead.split('...');
  const [from, to] = [base, head].map((ref) => find(commits, ref));
  if (from === undefined || to === undefined || from < 0 || to < 0) throw new GithubRefusal(404, 'Not Found');
  const ahead = commits.slice(from + 1, to + 1);
  const behind = Math.max(0, from - to);
  const paged = request.query.has('page') || request.query.has('per_page');
  const page = paged
    ? cut(request, ahead, UNPAGED)
    : { items: ahead.slice(0, UNPAGED), page: 1, headers: {} };
  const files = page.page === 1 ? filesOf(ahead).slice(0, MOST_FILES).map(showFile) : undefined;
  const web = `${webOf(service)}/compare/${basehead}`;
  return json(
    {
      url: `${request.origin}${request.path}`,
      html_url: web,
      permalink_url: web,
      status: ahead.length > 0 ? 'ahead' : behind > 0 ? 'behind' : 'identical',
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: page.items.map((one) => showCommit(state, one)),
      ...(files === undefined ? {} : { files }),
    },
    200,
    page.headers,
  );
}

/** Where a tag, a branch or a commit stands; -1: there is none. */
export function find(commits: readonly PracticeCommit[], ref: string): number {
  if (ref === 'main' || ref === 'HEAD') return commits.length - 1;
  const version = /^v(.+)$/.exec(ref)?.[1];
  return commits.findLastIndex((one) => one.version === version || one.sha === ref);
}

/** Each file once, as all commits together changed it. */
function filesOf(commits: readonly PracticeCommit[]): readonly PracticeFile[] {
  const files = new Map<string, PracticeFile>();
  for (const file of commits.flatMap((one) => one.files)) {
    const known = files.get(file.path);
    files.set(file.path, {
      ...file,
      status: known?.status ?? file.status,
      additions: file.additions + (known?.additions ?? 0),
      deletions: file.deletions + (known?.deletions ?? 0),
    });
  }
  return [...files.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
