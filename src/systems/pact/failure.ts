import { Failure, type FailureCode } from '../../model/failure.ts';
import { lenientJson } from '../http/json.ts';
import type { TransportResponse } from '../http/transport.ts';

export const SYSTEM = 'pact';

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
};

const HINTS: { readonly [C in FailureCode]?: string } = {
  unauthorized: ' Check username and token of systems.pact.',
  forbidden: ' The token may not read the matrix.',
};

/**
 * An answer of 400 and above as a Failure. The broker's bodies are `{errors:{field:[text]}}` or `{errors:[text]}` for
 * what was asked wrong, `{error:{message,reference}}` for its own faults, and problem+json with `detail`
 * (https://github.com/pact-foundation/pact_broker, lib/pact_broker/api/decorators/*error*).
 */
export function pactFailure({ status, body }: TransportResponse, redact: (text: string) => string): Failure {
  const answer = lenientJson(body.toString('utf8'));
  const said = redact(textsOf(answer).join('; '));
  const unknown = status === 400 && isRecord(answer) && isRecord(answer.errors);
  const code = unknown ? 'not_found' : (CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid'));
  const told = said === '' ? `it answered with HTTP ${status}` : `${said} (HTTP ${status})`;
  return new Failure(SYSTEM, code, `Pact Broker: ${told}.${HINTS[code] ?? ''}`, { status });
}

function textsOf(answer: unknown): readonly string[] {
  if (!isRecord(answer)) return [];
  const { error, errors, detail } = answer;
  if (isRecord(errors)) {
    return Object.entries(errors).map(([field, texts]) => `${field} ${[texts].flat().join(', ')}`);
  }
  if (Array.isArray(errors)) {
    return errors.map((each) => String(isRecord(each) ? (each.detail ?? each.title ?? '') : each));
  }
  const one = isRecord(error) ? error.message : (error ?? detail);
  return typeof one === 'string' ? [one] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
