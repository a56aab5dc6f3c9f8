import { Failure, type FailureCode } from '../../model/failure.ts';
import { safeText } from '../../model/safe-text.ts';

export const SYSTEM = 'nagios';

/** `result.type_code` of the JSON CGIs; others are wrong questions. nagioscore, include/jsonutils.h (RESULT_*) */
const CODES: Readonly<Record<number, FailureCode>> = { 1: 'server_error', 2: 'server_error' };
const OPTION_VALUE_INVALID = 6;

/** What statusjson.cgi says in HTTP 200 with a `type_code` other than 0. */
export function resultFailure(result: { type_code: number; type_text: string; message: string }): Failure {
  const { type_code: type, type_text: name, message } = result;
  const gone = type === OPTION_VALUE_INVALID && / could not be found/.test(message);
  return new Failure(
    SYSTEM,
    gone ? 'not_found' : (CODES[type] ?? 'invalid'),
    `Nagios: ${message === '' ? name : message}`,
    { vendorCode: safeText(name) },
  );
}

/** The web server before the CGIs refuses by status; its page says nothing more. */
export function statusFailure(status: number, host: string): Failure {
  const text: Readonly<Record<number, readonly [FailureCode, string]>> = {
    401: ['unauthorized', 'does not accept the name and password: check systems.nagios.username and token'],
    403: ['forbidden', 'does not let this user in: ask its administrator'],
    404: ['not_found', 'has no such page: systems.nagios.url must be the folder of the CGIs'],
  };
  const [code, why] = text[status] ?? [status >= 500 ? 'server_error' : 'invalid', 'refused'];
  return new Failure(SYSTEM, code, `${host} ${why} (HTTP ${status}).`, { status });
}
