import type { ChangedFile, Commit, PullRequest } from '../../model/changes.ts';
import { ownText, safeText } from '../../model/safe-text.ts';
import type { WireCommit, WireFile, WirePull } from './wire.ts';

const NOBODY = ownText('unknown');
const LONGEST_TITLE = 300;

export function toCommit(wire: WireCommit, pullRequest: number | null): Commit {
  const [title = ''] = wire.commit.message.split(/\r?\n/, 1);
  return {
    sha: wire.sha,
    title: safeText(title, { maxLength: LONGEST_TITLE }),
    author: wire.author?.login ?? wire.commit.author?.name ?? NOBODY,
    at: wire.commit.committer?.date ?? null,
    pullRequest,
    url: wire.html_url ?? null,
  };
}

export function toFile({ filename, status, additions, deletions }: WireFile): ChangedFile {
  return { path: filename, status, additions, deletions };
}

export function toPullRequest({ number, title, user, html_url }: WirePull): PullRequest {
  return { number, title, author: user?.login ?? null, url: html_url ?? null };
}
