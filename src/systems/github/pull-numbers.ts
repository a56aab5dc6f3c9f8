import { type SafeText, safeText } from '../../model/safe-text.ts';
import type { WireCommit } from './wire.ts';

/** A pull request as a commit's own message names it. */
export interface Named {
  readonly number: number;
  readonly title: SafeText;
}

/**
 * Pull requests by commit, as messages tell them: `Title (#12)` of a squash, `Merge pull request #12 from …` with the
 * title under it of a merge, which also names the commits that came with it. The defaults of
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges
 */
export function pullNumbers(commits: readonly WireCommit[]): ReadonlyMap<string, Named> {
  const bySha = new Map(commits.map((one) => [one.sha as string, one]));
  const found = new Map<string, Named>();
  for (const one of commits) {
    const named = namedIn(one.commit.message);
    if (named !== null) found.set(one.sha, named);
  }
  for (const merge of commits) {
    const [main, branch] = merge.parents;
    const named = found.get(merge.sha);
    if (main === undefined || branch === undefined || named === undefined) continue;
    const before = reachable(bySha, main.sha, new Set());
    for (const sha of reachable(bySha, branch.sha, before)) if (!found.has(sha)) found.set(sha, named);
  }
  return found;
}

function namedIn(message: string): Named | null {
  const [first = '', ...more] = message.split(/\r?\n/);
  const merged = /^Merge pull request #(\d{1,9}) from \S+/.exec(first)?.[1];
  if (merged !== undefined) {
    const title = more.find((line) => line.trim() !== '') ?? first;
    return { number: Number(merged), title: safeText(title.trim()) };
  }
  const [, title, squashed] = /^(.*\S)\s*\(#(\d{1,9})\)\s*$/.exec(first) ?? [];
  return title === undefined ? null : { number: Number(squashed), title: safeText(title) };
}

/** The commits of the range from which `start` came, itself included, without those of `but`. */
function reachable(
  bySha: ReadonlyMap<string, WireCommit>,
  start: string,
  but: ReadonlySet<string>,
): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const one = bySha.get(sha);
    if (one === undefined || seen.has(sha) || but.has(sha)) continue;
    seen.add(sha);
    waiting.push(...one.parents.map((parent) => parent.sha));
  }
  return seen;
}
