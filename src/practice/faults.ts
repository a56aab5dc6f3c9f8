import * as z from 'zod';

export const SYSTEMS = [
  'pagerduty',
  'splunk',
  'aws',
  'docker',
  'slack',
  'newrelic',
  'github',
  'nagios',
  'registry',
  'pact',
  'zendesk',
  'bamboo',
  'buildkite',
  'leankit',
  'jenkins',
] as const;

/**
 * What can be done to a system's answers. `reset_before` resets the connection before the request is handled,
 * `reset_after` after it was applied; `status`, `garbage` (a proxy's HTML with 200) and `hang` answer without
 * handling it; `truncate` (half of the body), `drip` (a byte every `ms`), `endless` (the
 * body, and then spaces for as long as somebody takes them) and `delay` handle it.
 */
export const faultSchema = z.strictObject({
  system: z.enum(SYSTEMS),
  match: z.strictObject({ operation: z.string().optional() }).default({}),
  fault: z.enum([
    'delay',
    'hang',
    'reset_before',
    'reset_after',
    'status',
    'truncate',
    'garbage',
    'drip',
    'endless',
  ]),
  ms: z.number().nonnegative().max(3_600_000).optional(),
  status: z.int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  times: z.int().positive().default(1),
});

export type FaultOrder = z.infer<typeof faultSchema>;

export interface Fault extends FaultOrder {
  readonly id: string;
  left: number;
}

/** Faults that wait for their requests; the one ordered first strikes first. */
export class Faults {
  #waiting: Fault[] = [];
  #count = 0;

  order(order: FaultOrder): string {
    const id = `F${++this.#count}`;
    this.#waiting.push({ ...order, id, left: order.times });
    return id;
  }

  /** The fault for this request, which it uses up once; null: none. */
  take(system: string, operation: string): Fault | null {
    const fault = this.#waiting.find(
      (one) => one.system === system && (one.match.operation ?? operation) === operation,
    );
    if (fault === undefined) return null;
    fault.left -= 1;
    if (fault.left === 0) this.#waiting = this.#waiting.filter((one) => one !== fault);
    return fault;
  }

  waiting(): readonly Fault[] {
    return this.#waiting;
  }

  /** Calls off one, or all. */
  clear(id?: string): void {
    this.#waiting = id === undefined ? [] : this.#waiting.filter((fault) => fault.id !== id);
  }
}

const AWS_CODES: Readonly<Record<number, string>> = {
  400: 'Throttling',
  401: 'ExpiredToken',
  403: 'AccessDenied',
  429: 'Throttling',
};

const REGISTRY_CODES: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'DENIED',
  429: 'TOOMANYREQUESTS',
};

/**
 * A body as that system words an error, for the fault `status`.
 * @param awsJson the request spoke AWS's JSON protocol, not its Query protocol
 */
export function errorBody(system: string, status: number, awsJson: boolean): { type: string; body: string } {
  const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });
  if (system === 'pagerduty') {
    const [message, code] =
      status === 429
        ? ['Rate Limit Exceeded', 2020]
        : status === 401
          ? ['Unauthorized', 2006]
          : status === 403
            ? ['Forbidden', 2000]
            : ['Internal Error', 2000];
    return json({ error: { message, code } });
  }
  if (system === 'splunk')
    return json({ messages: [{ type: 'FATAL', text: `Practice fault: HTTP ${status}` }] });
  if (system === 'slack')
    return json({ ok: false, error: status === 429 ? 'ratelimited' : 'internal_error' });
  if (system === 'newrelic') return json({ errors: [{ message: `Practice fault: HTTP ${status}` }] });
  if (system === 'nagios') {
    return { type: 'text/html', body: `<html><body><h1>Practice fault: HTTP ${status}</h1></body></html>` };
  }
  if (system === 'registry')
    return json({
      errors: [{ code: REGISTRY_CODES[status] ?? 'UNKNOWN', message: `practice fault: HTTP ${status}` }],
    });
  if (system === 'pact')
    return json({ error: { message: `practice fault: HTTP ${status}`, reference: 'practice' } });
  if (system === 'zendesk')
    return json({ error: 'PracticeFault', description: `Practice fault: HTTP ${status}` });
  if (system === 'bamboo') return json({ message: `practice fault: HTTP ${status}`, 'status-code': status });
  if (system === 'buildkite') return json({ message: `Practice fault: HTTP ${status}` });
  if (system === 'docker' || system === 'leankit') return json({ message: `practice fault: HTTP ${status}` });
  if (system === 'github') {
    const message = status === 401 ? 'Bad credentials' : `Practice fault: HTTP ${status}`;
    return json({ message, documentation_url: 'https://docs.github.com/rest' });
  }
  const code = AWS_CODES[status] ?? 'InternalFailure';
  const message = `Practice fault: HTTP ${status}`;
  if (awsJson) return { type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message }) };
  const type = status < 500 ? 'Sender' : 'Receiver';
  return {
    type: 'text/xml',
    body: `<ErrorResponse><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>`,
  };
}
