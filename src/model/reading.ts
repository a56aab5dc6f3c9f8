import type { Failure } from './failure.ts';
import { type Instant, MINUTE } from './instant.ts';

/** A value as one system gave it, with its age; the last good value stays when a later attempt fails. */
export interface Reading<T> {
  /** The system's name as in the config: `pagerduty`, `splunk`, `aws`, `docker`. */
  readonly source: string;
  readonly value: T | null;
  /** The system's own clock when the value was read; null: never read. */
  readonly takenAt: Instant | null;
  /** This machine's clock at that moment. */
  readonly receivedAt: Instant | null;
  /** The failure of the latest attempt; null when that attempt gave `value`. */
  readonly error: Failure | null;
  readonly staleAfterMs: number;
}

export const STALE_AFTER_MS = 2 * MINUTE;

export function unread<T>(source: string, staleAfterMs = STALE_AFTER_MS): Reading<T> {
  return { source, value: null, takenAt: null, receivedAt: null, error: null, staleAfterMs };
}

/** Age in milliseconds on this machine's clock; null when there is nothing or it claims to come from the future. */
export function ageMs(reading: Reading<unknown>, now: Instant): number | null {
  if (reading.receivedAt === null) return null;
  const age = now - reading.receivedAt;
  return age < -MINUTE ? null : Math.max(0, age);
}

export function isStale(reading: Reading<unknown>, now: Instant): boolean {
  const age = ageMs(reading, now);
  return age === null || age > reading.staleAfterMs;
}

/** What the system's own clock says now, carried forward from the reading: ages of remote things are told by it. */
export function systemNow(reading: Reading<unknown>, now: Instant): Instant {
  if (reading.takenAt === null || reading.receivedAt === null) return now;
  return reading.takenAt + (now - reading.receivedAt);
}
