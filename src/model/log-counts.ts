import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { LogLevel, LogLine } from './log-line.ts';
import type { SafeText } from './safe-text.ts';

/** Lines of one log over time, as the log system counted them. */
export interface LogHistogram {
  /** Where the first bucket begins, on the log system's clock; a multiple of `bucketMs` since 1970. */
  readonly from: Instant;
  readonly bucketMs: number;
  /** One after the other without a gap, also those without a line. The first and the last may lie in the span in part. */
  readonly buckets: readonly LogBucket[];
  /** Why there may be more lines than are counted; null: every line of the span is. */
  readonly incomplete: Failure | null;
}

/** Lines by level; a level that is missing has none. */
export type LogBucket = Readonly<Partial<Record<LogLevel, number>>>;

/** Lines that are alike, as the log system groups them: by its own measure, not by ours. */
export interface LogPattern {
  /** One of the lines, of which a template can be made; null: the system tells its own template alone. */
  readonly sample: LogLine | null;
  /** The sample's message, or the system's own template. */
  readonly text: SafeText;
  /** Of the sample, or the one that the system found. */
  readonly level: LogLevel;
  readonly count: number;
  /** On the log system's clock; null: it does not tell. */
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  /** That tell of it; null: the system does not say which. */
  readonly versions: readonly SafeText[] | null;
  readonly instances: readonly SafeText[] | null;
}

export interface LogPatterns {
  /** Most frequent first. */
  readonly patterns: readonly LogPattern[];
  /** There are rarer ones that are not told. */
  readonly cut: boolean;
  /** Why there may be more lines than are counted; null: every line of the span is, but for those of a cut. */
  readonly incomplete: Failure | null;
}

/** What a search brought, oldest first. */
export interface LogFound {
  readonly lines: readonly LogLine[];
  /** Why lines that were asked for may be missing; null: they are all here. */
  readonly incomplete: Failure | null;
}

/** One line in the middle of those around it: together without a gap, but where `incomplete` says why not. */
export interface LogAround {
  /** Up to the line and with it, oldest first. */
  readonly before: LogSide;
  /** After it, oldest first. */
  readonly after: LogSide;
}

export interface LogSide {
  readonly lines: readonly LogLine[];
  /** There are further lines on this side, in the hours that were looked at. */
  readonly more: boolean;
  readonly incomplete: Failure | null;
}
