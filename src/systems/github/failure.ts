import { Failure, type FailureCode } from '../../model/failure.ts';
import { localNow, MINUTE, SECOND } from '../../model/instant.ts';
import type { TransportResponse } from '../http/transport.ts';

export const SYSTEM = 'github';

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
};

const HINTS: { readonly [C in FailureCode]?: string } = {
  unauthorized: ' The token is not accepted, or no longer: check systems.github.token.',
  forbidden:
    ' The token may not read this: a classic one needs the scope repo, a fine-grained one read access to Contents and Pull requests, and to Deployments where they are shown; with single sign-on it has to be authorised for the organisation.',
};

/** Asked again after this all the same. */
const LONGEST_PAUSE_MS = 5 * MINUTE;

/** An answer of 400 and above as a Failure; its body is `{message, errors?, documentation_url}`. */
export function githubFailure(
  { status, headers }: Pick<TransportResponse, 'status' | 'headers'>,
  body: unknown,
  serverNow: number,
  redact: (text: string) => string,
): Failure {
  const said = redact(messageOf(body)).replace(/[.\s]+$/, '');
  const told = said === '' ? `GitHub answered with HTTP ${status}.` : `GitHub: ${said} (HTTP ${status}).`;
  const pause = status === 403 ? limitPause(headers, said, serverNow) : null;
  if (pause !== null) {
    const retryAt = Math.round(localNow() + pause);
    const text = `GitHub asks for fewer requests: it is asked again in ${Math.ceil(pause / SECOND)} s.`;
    return new Failure(SYSTEM, 'rate_limited', text, { status, retryAt });
  }
  const code = CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid');
  return new Failure(SYSTEM, code, `${told}${HINTS[code] ?? ''}`, { status });
}

/**
 * How long a 403 asks to wait, in milliseconds; null: it is no limit. GitHub says so with `retry-after` (seconds), with
 * `x-ratelimit-remaining: 0` and `x-ratelimit-reset` (seconds since 1970), or, for a secondary limit, in its words
 * alone, and then wants a minute:
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 * An Enterprise Server without limits sends none of these headers.
 */
function limitPause(
  headers: Readonly<Record<string, string>>,
  said: string,
  serverNow: number,
): number | null {
  const capped = (ms: number) => Math.min(LONGEST_PAUSE_MS, Math.max(SECOND, ms));
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return capped(after * SECOND);
  if (headers['x-ratelimit-remaining'] === '0') {
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * SECOND;
    return capped(Number.isFinite(reset) ? reset - serverNow : MINUTE);
  }
  return /secondary rate limit|abuse detection/i.test(said) ? MINUTE : null;
}

function messageOf(body: unknown): string {
  const message = isRecord(body) ? body.message : undefined;
  return typeof message === 'string' ? message : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
