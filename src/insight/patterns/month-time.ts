import { DAY, type Instant } from '../../model/instant.ts';

const MONTHS = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, index) => [
    codeOf(Buffer.from(name), 0),
    index,
  ]),
);

/** A day and where the clock that follows it begins. */
export interface MonthDay {
  day: Instant;
  end: number;
}

/**
 * `Nov 17 ` or `Nov  7 ` of BSD syslog, which tells no year (https://www.rfc-editor.org/rfc/rfc3164#section-4.1.2): it is
 * the last such day up to tomorrow, which it may be already where the line was written.
 */
export function syslogDay(bytes: Uint8Array, from: number, now: Instant, into: MonthDay): boolean {
  const month = MONTHS.get(codeOf(bytes, from));
  if (month === undefined || bytes[from + 3] !== 32) return false;
  const day = twoDigits(bytes, from + 4);
  if (day < 1 || bytes[from + 6] !== 32) return false;
  const year = new Date(now).getUTCFullYear();
  const thisYear = Date.UTC(year, month, day);
  into.day = thisYear <= now + DAY ? thisYear : Date.UTC(year - 1, month, day);
  into.end = from + 7;
  return true;
}

/** `17/Nov/2026:` of access logs (https://httpd.apache.org/docs/current/logs.html#common). */
export function accessLogDay(bytes: Uint8Array, from: number, into: MonthDay): boolean {
  if (bytes[from + 2] !== 47 || bytes[from + 6] !== 47 || bytes[from + 11] !== 58) return false;
  const month = MONTHS.get(codeOf(bytes, from + 3));
  const day = twoDigits(bytes, from);
  const year = twoDigits(bytes, from + 7) * 100 + twoDigits(bytes, from + 9);
  if (month === undefined || day < 1 || year < 1_970) return false;
  into.day = Date.UTC(year, month, day);
  into.end = from + 12;
  return true;
}

/** Three letters as one number. */
function codeOf(bytes: Uint8Array, from: number): number {
  return ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
}

/** Blank for the first digit is zero; negative: no number. */
function twoDigits(bytes: Uint8Array, from: number): number {
  const tens = bytes[from] === 32 ? 0 : (bytes[from] ?? 0) - 48;
  const ones = (bytes[from + 1] ?? 0) - 48;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}
