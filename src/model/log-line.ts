import type { Instant } from './instant.ts';
import type { SafeText } from './safe-text.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'unknown';

export interface LogLine {
  /** Unique within its source; a line that is read twice has the same one. */
  readonly id: string;
  readonly at: Instant;
  readonly indexedAt: Instant;
  readonly level: LogLevel;
  readonly message: SafeText;
  readonly service: string;
  readonly instance: SafeText | null;
  readonly version: SafeText | null;
  readonly fields: Readonly<Record<string, SafeText>>;
  /** It became searchable after the tail had told that its time was complete. */
  readonly late: boolean;
}

/** How a tail learns of new lines, where the log system has several ways. */
export interface LogWay {
  readonly kind: 'live tail' | 'polled';
  /** There are more lines than are told at once: those left out come with the next look at them all. */
  readonly sampled: boolean;
  /** Why it is polled though a live tail was wanted; null: as wanted. */
  readonly why: SafeText | null;
}

/** A time of which not every line was shown. */
export interface LogGap {
  readonly from: Instant;
  readonly to: Instant;
}

/** What one step of a live tail brought. */
export interface LogBatch {
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  /** Everything indexed before this moment (the log system's clock) has been shown. */
  readonly completeTo: Instant;
  /**
   * Every line that tells an earlier time of its own has been shown, but for those that take longer than most to become
   * searchable: they are shown when they come, as late ones. Missing: the same as `completeTo`.
   */
  readonly linesTo?: Instant;
  /** Lines known to exist in this step but not fetched, because of the row cap. */
  readonly notShown: number;
  /** Of a first step: lines that tell an earlier time of their own were not asked for. */
  readonly from?: Instant;
  /** Where the lines lie that are not shown, by the time they were indexed; half open. */
  readonly notShownIn?: LogGap;
  /** Missing: the log system has but one. */
  readonly way?: LogWay;
}
