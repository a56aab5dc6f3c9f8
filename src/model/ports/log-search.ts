import type { Service } from '../catalog.ts';
import type { Failure } from '../failure.ts';
import type { Instant } from '../instant.ts';
import type { LogBatch, LogLine } from '../log-line.ts';

export interface LogQuery {
  readonly service: Service;
  readonly environment: string;
  /** How far back to begin, in milliseconds before the log system's now. */
  readonly sinceMs: number;
  /** For a search, where to end, in milliseconds before the log system's now; missing: with the newest line. */
  readonly untilMs?: number;
  /** Only lines that contain this text, as it stands. */
  readonly contains?: string;
}

export interface LogSearch {
  /** The newest `limit` lines of the span, oldest first. */
  search(query: LogQuery, limit: number, signal?: AbortSignal): Promise<readonly LogLine[]>;
  /** Follows until the signal aborts: complete, without repeats; a passing failure is yielded, not thrown. */
  tail(query: LogQuery, signal: AbortSignal): AsyncIterable<TailStep>;
  /** A page in the log system's own web interface; null where none is configured. */
  link(query: LogQuery): Promise<string | null>;
}

export type TailStep =
  | { readonly kind: 'batch'; readonly batch: LogBatch; readonly systemNow: Instant }
  | { readonly kind: 'trouble'; readonly failure: Failure; readonly nextTryMs: number };
