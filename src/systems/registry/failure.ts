import { Failure, type FailureCode } from '../../model/failure.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { lenientJson } from '../http/json.ts';
import type { TransportResponse } from '../http/transport.ts';

export const SYSTEM = 'registry';

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
};

const HINTS: { readonly [C in FailureCode]?: string } = {
  unauthorized:
    ' Check username and token of systems.registry; some registries say so where a repository is missing.',
  forbidden: ' The account may not pull this image.',
};

/**
 * An answer of 400 and above as a Failure. The body is `{errors:[{code,message,detail}]}`, which a HEAD has not:
 * https://distribution.github.io/distribution/spec/api/#errors-2. The first code is kept as `vendorCode`.
 */
export function registryFailure(
  what: string,
  { status, body }: TransportResponse,
  redact: (text: string) => string,
): Failure {
  const code = CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid');
  const [first, ...others] = errorsOf(body);
  const said = [first, ...others].flatMap((each) => (each === undefined ? [] : [redact(each.text)]));
  const told = said.length === 0 ? `HTTP ${status}` : `${said.join('; ')} (HTTP ${status})`;
  return new Failure(SYSTEM, code, `The registry does not give ${what}: ${told}.${HINTS[code] ?? ''}`, {
    status,
    ...(first?.code === undefined ? {} : { vendorCode: first.code }),
  });
}

interface RegistryError {
  readonly code: SafeText | undefined;
  readonly text: string;
}

function errorsOf(body: Buffer): readonly RegistryError[] {
  const answer = lenientJson(body.toString('utf8'));
  const errors = isRecord(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  return errors.filter(isRecord).map(({ code, message }) => ({
    code: typeof code === 'string' ? safeText(code, { maxLength: 64 }) : undefined,
    text:
      [message, code].find((each): each is string => typeof each === 'string' && each !== '') ?? 'unknown',
  }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
