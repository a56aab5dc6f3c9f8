import { Failure, type FailureCode } from '../../model/failure.ts';
import { safeText } from '../../model/safe-text.ts';
import type { TransportResponse } from '../http/transport.ts';

export const SYSTEM = 'jenkins';

const CODES: Readonly<Record<number, FailureCode>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
};

/**
 * Permissions by the words that Jenkins's own pages have for them: the header tells a Java name,
 * https://github.com/jenkinsci/jenkins, core/src/main/java/hudson/security/AccessDeniedException3.java
 */
const PERMISSIONS: Readonly<Record<string, string>> = {
  'hudson.model.Hudson.Read': 'Overall/Read',
  'hudson.model.Item.Read': 'Job/Read',
  'hudson.model.Item.Build': 'Job/Build',
};

/** The permission that a refusal names; null: it names none. */
export function missingPermission({
  status,
  headers,
}: Pick<TransportResponse, 'status' | 'headers'>): string | null {
  const told = headers['x-required-permission'];
  return status !== 403 || told === undefined ? null : (PERMISSIONS[told] ?? told);
}

/**
 * An answer of 400 and above. Its body is a web page, of which nothing is shown; a refusal tells in its headers who
 * was seen and what they lack. Who sends no login at all is `anonymous` and gets a 403, never a 401:
 * https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/
 */
export function jenkinsFailure(
  answer: TransportResponse,
  redact: (text: string) => string,
  what: string,
): Failure {
  const { status, headers } = answer;
  const isNobody = status === 403 && headers['x-you-are-authenticated-as'] === 'anonymous';
  const code = isNobody ? 'unauthorized' : (CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid'));
  const permission = missingPermission(answer);
  const text = redact(`Jenkins ${sentence(answer, what, isNobody, permission)} (HTTP ${status}).`);
  return new Failure(SYSTEM, code, text, {
    status,
    ...(permission === null ? {} : { vendorCode: safeText(permission) }),
  });
}

function sentence(
  { status, body }: TransportResponse,
  what: string,
  isNobody: boolean,
  permission: string | null,
): string {
  if (status === 401) return 'does not accept the user and token: check systems.jenkins.username and token';
  if (isNobody) return 'sees nobody: something in front of it takes the login away';
  if (permission !== null) return `does not allow ${what}: the user lacks ${permission}`;
  if (status === 403 && body.includes('No valid crumb')) {
    return `does not allow ${what} with a password: put an API token where systems.jenkins.token says`;
  }
  if (status === 403) return `does not allow ${what}`;
  if (status === 404) return `does not know ${what}, or the user may not see it (Job/Read)`;
  if (status === 409) return `does not do ${what} now: the job is disabled`;
  return `answered ${what} with an error`;
}
