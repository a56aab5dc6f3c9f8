import { createHash } from 'node:crypto';
import type { PracticeRequest } from '../server.ts';
import { Refusal } from './refusal.ts';

export interface SplunkCredentials {
  /** Accepted as `Bearer`. */
  readonly token: string;
  readonly username: string;
  readonly password: string;
}

/** The key that a login gives, accepted as `Splunk <key>`; always the same for the same credentials. */
export function sessionKey(credentials: SplunkCredentials): string {
  return createHash('sha256').update(`${credentials.username}:${credentials.password}`).digest('base64url');
}

/** Throws the 401 of a request without a valid session key, bearer token or Basic credentials. */
export function authenticate(request: PracticeRequest, credentials: SplunkCredentials): void {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(/\s+/, 2);
  const { username, password } = credentials;
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const accepted = { bearer: credentials.token, splunk: sessionKey(credentials), basic }[
    scheme.toLowerCase()
  ];
  if (accepted === undefined || value !== accepted) {
    throw new Refusal(401, 'WARN', 'call not properly authenticated');
  }
}

/** POST /services/auth/login; throws 401 "Login failed". */
export function login(parameters: URLSearchParams, credentials: SplunkCredentials): string {
  const known =
    parameters.get('username') === credentials.username &&
    parameters.get('password') === credentials.password;
  if (!known) throw new Refusal(401, 'WARN', 'Login failed');
  return sessionKey(credentials);
}
