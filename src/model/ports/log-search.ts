import type { Service } from '../catalog.ts';
import type { Failure } from '../failure.ts';
import type { Instant } from '../instant.ts';
import type { LogBatch, LogLine } from '../log-line.ts';

/** A time of one service's log, told in ages: they hold whatever the log system's clock says. */
export interface LogSpan {
  readonly service: Service;
  readonly environment: string;
  /** How far back to begin, in milliseconds before the log system's now. */
  readonly sinceMs: number;
  /** For a search, where to end, in milliseconds before the log system's now; missing: with the newest line. */
  readonly untilMs?: number;
}

export interface LogQuery extends LogSpan {
  /** Only lines that contain this text, as it stands. */
  readonly contains?: string;
}

export interface ErrorCount {
  readonly count: number;
  /** The log system did not read the span to its end: there may be more. */
  readonly atLeast: boolean;
}

export interface LogSearch {
  /** The newest `limit` lines of the span, oldest first. */
  search(query: LogQuery, limit: number, signal?: AbortSignal): Promise<readonly LogLine[]>;
  /** How many lines of the span are of level error or worse, as `LogLine` has it; no line is pulled where it can be helped. */
  errorCount(span: LogSpan, signal?: AbortSignal): Promise<ErrorCount>;
  /** Follows until the signal aborts: complete, without repeats; a passing failure is yielded, not thrown. */
  tail(query: LogQuery, signal: AbortSignal): AsyncIterable<TailStep>;
  /** A page in the log system's own web interface; null where none is configured. */
  link(query: LogQuery): Promise<string | null>;
}

export type TailStep =
  | { readonly kind: 'batch'; readonly batch: LogBatch; readonly systemNow: Instant }
  | { readonly kind: 'trouble'; readonly failure: Failure; readonly nextTryMs: number };
