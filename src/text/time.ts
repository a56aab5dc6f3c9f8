import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../model/instant.ts';

/** How long ago, in its largest unit: `<1m`, `4m`, `2h`, `yesterday`, `3d`. So coarse that it seldom changes. */
export function ago(ms: number): string {
  const past = Math.max(0, ms);
  if (past < MINUTE) return '<1m';
  if (past < HOUR) return `${Math.floor(past / MINUTE)}m`;
  if (past < DAY) return `${Math.floor(past / HOUR)}h`;
  if (past < 2 * DAY) return 'yesterday';
  return `${Math.floor(past / DAY)}d`;
}

/** The age of a reading: `30s`, `3m`, `2h`, `3d`; empty while it is fresh (under 30 s). */
export function readingAge(ms: number): string {
  if (ms < 30 * SECOND) return '';
  if (ms < MINUTE) return '30s';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h`;
  return `${Math.floor(ms / DAY)}d`;
}

/** As `readingAge`, for a column that is never empty: `now` while it is fresh. */
export function age(ms: number): string {
  return readingAge(ms) || 'now';
}

/** `5m43s`, `6m01s`, `48s`, `1h05m`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  if (seconds < 60) return `${seconds}s`;
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h${two(Math.floor((seconds % 3600) / 60))}m`;
}

/** `HH:MM:SS` in UTC, as log lines have it. */
export function timeOfDay(at: Instant): string {
  return new Date(at).toISOString().slice(11, 19);
}

/** `03:12:40–03:12:43`, of a half-open time of whole seconds: its last second is in it. */
export function timesOfDay({ from, to }: { readonly from: Instant; readonly to: Instant }): string {
  const last = Math.max(from, to - SECOND);
  return timeOfDay(from) === timeOfDay(last) ? timeOfDay(from) : `${timeOfDay(from)}–${timeOfDay(last)}`;
}

/** `HH:MM` in UTC, as everything on the screen that names no zone. */
export function clock(at: Instant): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** `2026-11-23 09:00 UTC`, where the day matters. */
export function dayAndClock(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 10)} ${clock(at)} UTC`;
}

/** When something was, for a list: the time today, `yesterday`, else the date; all in UTC. */
export function day(at: Instant, now: Instant): string {
  const days = Math.floor(now / DAY) - Math.floor(at / DAY);
  if (days <= 0) return clock(at);
  return days === 1 ? 'yesterday' : new Date(at).toISOString().slice(0, 10);
}

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** Milliseconds of `30s`, `15m`, `1h30m`, `2d`; null: no duration. */
export function parseDuration(text: string): number | null {
  if (!/^(\d{1,6}[smhd])+$/.test(text)) return null;
  let total = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+)([smhd])/g)) {
    total += Number(amount) * (UNITS[unit] ?? 0);
  }
  return total > 0 ? total : null;
}

/** `1 incident`, `2 incidents`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
