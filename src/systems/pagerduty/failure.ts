import { Failure, type FailureCode } from '../../model/failure.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';

export const SYSTEM = 'pagerduty';

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  402: 'forbidden',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'rate_limited',
};

/**
 * An answer of 400 and above as a Failure. PagerDuty's body is `{error:{message,code,errors?}}`
 * (https://developer.pagerduty.com/docs/errors); its code is kept as `vendorCode`: 1001 already resolved,
 * 1002 already acknowledged, 1015 nobody on call, 1028 malformed From.
 */
export function pagerFailure(status: number, body: unknown, redact: (text: string) => string): Failure {
  const error = errorOf(body);
  const code = CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid');
  const said = redact(error.text);
  const text =
    said === '' ? `PagerDuty answered with HTTP ${status}.` : `PagerDuty: ${said} (HTTP ${status}).`;
  return new Failure(SYSTEM, code, `${text}${HINTS[code] ?? ''}`, {
    status,
    ...(error.code === null ? {} : { vendorCode: error.code }),
  });
}

const HINTS: { readonly [C in FailureCode]?: string } = {
  unauthorized: ' The token is not accepted: check systems.pagerduty.token.',
  forbidden: ' The token may not do this, as a read-only key may not: ask a PagerDuty administrator.',
  not_found: ' It is gone, or this token may not see it.',
};

function errorOf(body: unknown): { readonly text: string; readonly code: SafeText | null } {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const message = typeof error.message === 'string' ? error.message : '';
  const more = Array.isArray(error.errors) ? error.errors.filter((one) => typeof one === 'string') : [];
  return {
    text: [message, ...more].filter((part) => part !== '').join(': '),
    code: error.code === undefined || error.code === null ? null : safeText(error.code),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
