import { DAY, type Instant } from '../model/instant.ts';
import { readingAge } from '../text/time.ts';

/** An age that fits a narrow column and seldom changes: `now`, `30s`, `4m`, `2h`, `3d`. */
export function age(ms: number): string {
  return readingAge(ms) || 'now';
}

/** `HH:MM` in UTC, as everything on this screen that names no zone. */
export function clock(at: Instant): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** When something was, for a list: the time today, `yesterday`, else the date. */
export function day(at: Instant, now: Instant): string {
  const days = Math.floor(now / DAY) - Math.floor(at / DAY);
  if (days <= 0) return clock(at);
  return days === 1 ? 'yesterday' : new Date(at).toISOString().slice(0, 10);
}
