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
  /** It became searchable after the tail had said that its time was complete. */
  readonly late: boolean;
}

/** What one step of a live tail brought. */
export interface LogBatch {
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  /** Everything indexed before this moment (the log system's clock) has been shown. */
  readonly completeTo: Instant;
  /** Lines known to exist in this step but not fetched, because of the row cap. */
  readonly notShown: number;
}
