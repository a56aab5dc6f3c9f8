import type { LogLine } from './log-line.ts';
import type { SafeText } from './safe-text.ts';

/** A line of a log that somebody marked, with a note. */
export interface LogMark extends Pick<LogLine, 'at' | 'service' | 'instance' | 'message'> {
  readonly environment: string;
  /** Id of the incident that it was marked for; null: none was open. */
  readonly incident: string | null;
  /** May be empty. */
  readonly note: SafeText;
  /** null: nobody knew. */
  readonly who: string | null;
}

/** The marks of one person on one machine. */
export interface LogMarks {
  /** Throws when it cannot be kept. */
  add(mark: LogMark): Promise<void>;
  /** In the order in which they were made; what no longer reads is passed over. */
  read(): Promise<readonly LogMark[]>;
}
