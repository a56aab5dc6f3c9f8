import type { Instant } from './instant.ts';
import type { SafeText } from './safe-text.ts';

/** What lies between two versions of a service, as its repository tells. */
export interface Changes {
  readonly from: string;
  readonly to: string;
  /** `org/name`. */
  readonly repository: SafeText;
  /** How many commits `to` has and `from` lacks; they are in `commits`. */
  readonly ahead: number;
  /** How many `from` has and `to` lacks. */
  readonly behind: number;
  /** Newest first. */
  readonly commits: readonly Commit[];
  /** false: there are more commits than were read. */
  readonly complete: boolean;
  /** Newest first; of commits that name none, only the newest were looked up. */
  readonly pullRequests: readonly PullRequest[];
  readonly files: readonly ChangedFile[];
  /** false: there are more files than were listed. */
  readonly filesComplete: boolean;
  /** Those of the files whose place says that they migrate a database, or describe it. */
  readonly migrations: readonly SafeText[];
  /** The page that shows it; null: none is told. */
  readonly url: SafeText | null;
}

export interface Commit {
  /** 40 or 64 hex digits. */
  readonly sha: SafeText;
  /** First line of its message. */
  readonly title: SafeText;
  /** Their login where the system knows it, else the name in the commit. */
  readonly author: SafeText;
  /** When it was committed; null: not told. */
  readonly at: Instant | null;
  /** null: none is known. */
  readonly pullRequest: number | null;
  readonly url: SafeText | null;
}

export interface PullRequest {
  readonly number: number;
  readonly title: SafeText;
  /** null: not told. */
  readonly author: SafeText | null;
  readonly url: SafeText | null;
}

export interface ChangedFile {
  readonly path: SafeText;
  /** `added`, `modified`, `removed`, `renamed`, or one that we do not know. */
  readonly status: SafeText;
  readonly additions: number;
  readonly deletions: number;
}
