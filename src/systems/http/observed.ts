import type { Budget } from '../../model/ports/probe.ts';
import type { Transport, TransportRequest, TransportResponse } from './transport.ts';

/** What was seen of one system's answers on their way through a transport. */
export interface Seen {
  /** Milliseconds of the quickest answer; null: none came. */
  readonly latencyMs: number | null;
  /** Whether an answer told the time. */
  readonly toldTime: boolean;
  /** As the last answer's rate headers told. */
  readonly budget: Budget | null;
}

/** The same transport, watched for the answers of `system`. */
export function observed(transport: Transport, system: string): { transport: Transport; seen(): Seen } {
  let seen: Seen = { latencyMs: null, toldTime: false, budget: null };

  async function request(what: TransportRequest): Promise<TransportResponse> {
    const begun = performance.now();
    const answer = await transport.request(what);
    if (what.system !== system) return answer;
    const ms = performance.now() - begun;
    seen = {
      latencyMs: Math.min(ms, seen.latencyMs ?? ms),
      toldTime: seen.toldTime || answer.headers.date !== undefined,
      budget: budgetOf(answer.headers) ?? seen.budget,
    };
    return answer;
  }

  const watched: Transport = {
    request,
    stream: (what) => transport.stream(what),
    addSecret: (secret) => transport.addSecret(secret),
    redact: (text) => transport.redact(text),
    now: (name) => transport.now(name),
    register: (name) => transport.register(name),
    report: (name, outcome) => transport.report(name, outcome),
    health: () => transport.health(),
    onHealth: (changed) => transport.onHealth(changed),
    requestCount: (name) => transport.requestCount(name),
    close: () => transport.close(),
  };
  return { transport: watched, seen: () => seen };
}

/**
 * `ratelimit-*` of PagerDuty and Buildkite, `ratelimit-user-*` of Buildkite, which is what one user has, `x-ratelimit-*` of GitHub, New Relic and Leankit, `x-rate-limit` of Zendesk:
 * https://developer.pagerduty.com/docs/rest-api-rate-limits, https://buildkite.com/docs/apis/rest-api/rate-limits,
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api,
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/
 */
function budgetOf(headers: TransportResponse['headers']): Budget | null {
  const pairs = [
    ['ratelimit-user-limit', 'ratelimit-user-remaining'],
    ['ratelimit-limit', 'ratelimit-remaining'],
    ['x-ratelimit-limit', 'x-ratelimit-remaining'],
    ['x-rate-limit', 'x-rate-limit-remaining'],
  ] as const;
  for (const [whole, rest] of pairs) {
    const of = wholeNumber(headers[whole]);
    const left = wholeNumber(headers[rest]);
    if (of !== null && left !== null) return { left, of };
  }
  return null;
}

function wholeNumber(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,12}$/.test(value.trim()) ? Number(value) : null;
}
