import { MINUTE, SECOND } from '../../model/instant.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5 * SECOND;
/** A server that asks for more is asked again after this all the same. */
export const LONGEST_RATE_LIMIT_MS = 5 * MINUTE;
const RATE_LIMIT_WITHOUT_HEADERS_MS = 10 * SECOND;

/** Back-off with jitter: twice as long at each attempt, of which a random half. */
export function retryPause(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

/**
 * How long a 429 asks to wait, capped. `Retry-After` is seconds or an HTTP date (RFC 9110, 10.2.3), which
 * `serverNow` turns into a span; `ratelimit-reset` is seconds (PagerDuty, Buildkite, which
 * tells what one user has left beside it), `x-ratelimit-reset` the second
 * since 1970 at which nothing is left no more (GitHub).
 */
export function rateLimitPause(
  headers: Readonly<Record<string, string>>,
  serverNow: number,
  random: () => number = Math.random,
): number {
  const asked =
    spanOf(headers['retry-after'], serverNow) ??
    spanOfUser(headers, serverNow) ??
    spanOf(headers['ratelimit-reset'], serverNow) ??
    spanUntil(headers, serverNow);
  const pause = asked ?? RATE_LIMIT_WITHOUT_HEADERS_MS / 2 + (random() * RATE_LIMIT_WITHOUT_HEADERS_MS) / 2;
  return Math.round(Math.min(LONGEST_RATE_LIMIT_MS, Math.max(0, pause)));
}

/** https://buildkite.com/docs/apis/rest-api/rate-limits: the organisation's own limit may be far from spent. */
function spanOfUser(headers: Readonly<Record<string, string>>, serverNow: number): number | null {
  return headers['ratelimit-user-remaining'] === '0'
    ? spanOf(headers['ratelimit-user-reset'], serverNow)
    : null;
}

function spanUntil(headers: Readonly<Record<string, string>>, serverNow: number): number | null {
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  const spent = headers['x-ratelimit-remaining'] === '0';
  return spent && Number.isFinite(reset) ? reset * SECOND - serverNow : null;
}

function spanOf(value: string | undefined, serverNow: number): number | null {
  if (value === undefined || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds * SECOND;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : date - serverNow;
}

/** Waits on the monotonic clock; rejects with the signal's reason when it aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
}
