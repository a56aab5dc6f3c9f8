import type { Instant } from '../../../model/instant.ts';
import type { Row } from './event.ts';

/** One step of a running search: takes rows newest first, and passes on what it makes of them. */
export interface Stage {
  /** false: it needs no more rows. */
  push(row: Row): boolean;
  end(): void;
}

export interface TimeRange {
  readonly from: Instant;
  readonly to: Instant;
}

/** Hands finished rows on and ends. */
export function flush(rows: readonly Row[], next: Stage): void {
  for (const row of rows) if (!next.push(row)) break;
  next.end();
}
