/** A moment: milliseconds since 1970-01-01T00:00:00Z. Whose clock it is stands beside each use. */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** RFC 3339 in UTC with whole seconds, as every JSON contract prints times. */
export function rfc3339(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** This machine's clock, anchored once and then monotonic: a clock that is set back cannot make an age negative. */
export function localNow(): Instant {
  return Math.round(ANCHOR + monotonicMs());
}

/** Not by `performance`: loading it costs a prompt as much as all the rest that it does. */
function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * SECOND + nanoseconds / 1e6;
}

const ANCHOR = Date.now() - monotonicMs();

/** `HH:MM` in UTC, rounded up: what is over by then is over at this minute. */
export function hourAndMinute(at: Instant): string {
  return rfc3339(Math.ceil(at / MINUTE) * MINUTE).slice(11, 16);
}
