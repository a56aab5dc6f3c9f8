import type { Service } from '../catalog.ts';
import type { Failure } from '../failure.ts';
import type { Instant } from '../instant.ts';
import type { LogAround, LogFound, LogHistogram, LogPatterns } from '../log-counts.ts';
import type { LogBatch, LogLine } from '../log-line.ts';

export interface LogPlace {
  readonly service: Service;
  readonly environment: string;
}

/** A time of one service's log, told in ages: they hold whatever the log system's clock says. */
export interface LogSpan extends LogPlace {
  /** How far back to begin, in milliseconds before the log system's now. */
  readonly sinceMs: number;
  /** Where to end, in milliseconds before the log system's now; missing: with the newest line. */
  readonly untilMs?: number;
}

/** A time on the log system's own clock, as its lines tell it; half open. */
export interface LogWindow extends LogPlace {
  readonly from: Instant;
  readonly to: Instant;
}

/** A time of one service's log. */
export type LogTime = LogSpan | LogWindow;

export interface LogQuery extends LogSpan, Containing {}

/** One log to follow, or several together. */
export interface TailQuery extends LogQuery {
  /** Services of the same environment that are followed with it; each line tells whose it is. */
  readonly others?: readonly Service[];
}

export interface Containing {
  /** Only lines that contain this text, as it stands. */
  readonly contains?: string;
}

/** One line, by what a system that has it in front of it knows of it. */
export type LogPoint = Pick<LogLine, 'at' | 'id'>;

/** A histogram holds no more buckets than these. */
export const MAX_BUCKETS = 1_000;

export interface ErrorCount {
  readonly count: number;
  /** The log system did not read the span to its end: there may be more. */
  readonly atLeast: boolean;
}

export interface LogSearch {
  /** The newest `limit` lines of the span. */
  search(query: LogTime & Containing, limit: number, signal?: AbortSignal): Promise<LogFound>;
  /** How many lines of the span are of level error or worse, as `LogLine` has it; no line is pulled where it can be helped. */
  errorCount(span: LogTime, signal?: AbortSignal): Promise<ErrorCount>;
  /**
   * Lines of a span counted by the log system itself, by time and level; none is pulled. Throws a `Failure` of code
   * `invalid` for a bucket that is no whole number of seconds, or a span of more than `MAX_BUCKETS` buckets.
   */
  histogram(span: LogTime, bucketMs: number, signal?: AbortSignal): Promise<LogHistogram>;
  /** The span's lines in groups of like ones, as the log system's own engine has them. */
  patterns(span: LogTime, signal?: AbortSignal): Promise<LogPatterns>;
  /** The lines around one line, from all instances of the service: at most `limit` on each side of it. */
  around(place: LogPlace, line: LogPoint, limit: number, signal?: AbortSignal): Promise<LogAround>;
  /**
   * Follows until the signal aborts: complete, without repeats; a passing failure is yielded, not thrown. Several logs
   * are told together: what is said to be complete is so for all of them.
   */
  tail(query: TailQuery, signal: AbortSignal): AsyncIterable<TailStep>;
  /** A page in the log system's own web interface; null where none is configured. */
  link(query: LogTime & Containing): Promise<string | null>;
}

export type TailStep =
  | {
      readonly kind: 'batch';
      readonly batch: LogBatch;
      readonly systemNow: Instant;
      /** Of several logs: why one of the others is not read at the moment. */
      readonly still?: Failure;
    }
  | { readonly kind: 'trouble'; readonly failure: Failure; readonly nextTryMs: number };
