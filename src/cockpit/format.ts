import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../model/instant.ts';

/** An age in its largest unit, so coarse that it seldom changes: `40s`, `4m`, `2h`, `3d`. */
export function age(ms: number): string {
  const past = Math.max(0, ms);
  if (past < 10 * SECOND) return 'now';
  if (past < MINUTE) return `${Math.floor(past / (10 * SECOND)) * 10}s`;
  if (past < HOUR) return `${Math.floor(past / MINUTE)}m`;
  if (past < 2 * DAY) return `${Math.floor(past / HOUR)}h`;
  return `${Math.floor(past / DAY)}d`;
}

/** `5m43s`, `6m01s`, `48s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${String(seconds % 60).padStart(2, '0')}s`;
  return `${Math.floor(seconds / 3600)}h${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')}m`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `HH:MM` in that time zone. */
export function clock(at: Instant, timeZone = 'UTC'): string {
  let format = clocks.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    });
    clocks.set(timeZone, format);
  }
  return format.format(at);
}

/** `HH:MM:SS` in UTC, as log lines have it. */
export function time(at: Instant): string {
  return new Date(at).toISOString().slice(11, 19);
}

/** When something was, for a list: the time today, `yesterday`, else the date. */
export function day(at: Instant, now: Instant): string {
  const days = Math.floor(now / DAY) - Math.floor(at / DAY);
  if (days <= 0) return clock(at);
  return days === 1 ? 'yesterday' : new Date(at).toISOString().slice(0, 10);
}

/** `1 incident`, `2 incidents`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
