import type { Failure } from '../failure.ts';
import type { LogLine } from '../log-line.ts';
import type { SafeText } from '../safe-text.ts';
import type { LogPlace } from './log-search.ts';

/** Searches that a person writes, in the log system's own language. */
export interface LogJobs {
  /**
   * The search that reads the lines of one service, to begin with. Throws a `Failure` of code `not_configured` where
   * its lines are not in a log system that is searched by hand.
   */
  textOf(place: LogPlace): string;
  /** Asks the log system how it reads a search; nothing is run. Throws a `Failure` of code `invalid` with its words. */
  check(text: string, signal?: AbortSignal): Promise<CheckedSearch>;
  /** Begins a search that was checked. Once it is begun it is `cancel`led, whatever happens. */
  begin(search: CheckedSearch, time: SearchTime, signal?: AbortSignal): Promise<LogJob>;
  /** Those kept in the log system that this person may read, in its order. */
  saved(signal?: AbortSignal): Promise<readonly SavedSearch[]>;
}

/** In the log system's own words (`-15m`, `now`, seconds since 1970); null: it begins with the oldest, ends with the newest. */
export interface SearchTime {
  readonly from: string | null;
  readonly to: string | null;
}

export interface SavedSearch {
  readonly name: SafeText;
  readonly text: SafeText;
  readonly time: SearchTime;
}

/** Made by `check` alone. */
export interface CheckedSearch {
  readonly text: string;
  /** Its answer is a table made from lines; otherwise the lines themselves, if they still have their text and time. */
  readonly transforms: boolean;
}

export interface LogJob {
  /**
   * How far it is, from now on and until it ends; the last one has `ended`. Once, and in the end, however it comes, the
   * search is cancelled: also where the signal aborts, which ends the steps without an error, and where a look fails,
   * which throws a `Failure`.
   */
  steps(signal: AbortSignal): AsyncIterable<JobStep>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends it and keeps what was found. */
  finish(): Promise<void>;
  /** Ends it and lets go of everything; never throws. */
  cancel(): Promise<void>;
}

export interface JobStep {
  readonly state: 'queued' | 'running' | 'paused' | 'ended';
  /** 0 to 1. */
  readonly progress: number;
  readonly events: number;
  readonly scanned: number;
  /** Until it has ended, at most as much of it as can be read again and again. */
  readonly found: JobFound;
  /** Of a search that ended: why its answer may lack something. null: it is complete, or it goes on. */
  readonly incomplete: Failure | null;
}

export type JobFound =
  /** The newest ones, oldest first; `more` than these were found. */
  | { readonly kind: 'lines'; readonly lines: readonly LogLine[]; readonly more: number }
  | {
      readonly kind: 'table';
      readonly columns: readonly SafeText[];
      readonly rows: readonly (readonly SafeText[])[];
      readonly more: number;
    };
