import { SECRETS } from '../../secrets.ts';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';

const VERSION = '2.516.3';
const { username, token, guest } = SECRETS.jenkins;
const USERS = [
  { id: username, token, mayBuild: true },
  { id: guest.username, token: guest.token, mayBuild: false },
] as const;

export type JenkinsUser = (typeof USERS)[number];

/** Whose login that is, else what Jenkins says to it: 401 to a wrong one, 403 to none at all. */
export function userOf({ headers }: PracticeRequest): JenkinsUser | PracticeAnswer {
  const login = headers.authorization;
  if (login === undefined) return denied('anonymous', 'hudson.model.Hudson.Read');
  const given = Buffer.from(login.replace(/^Basic /, ''), 'base64').toString('utf8');
  return (
    USERS.find((user) => given === `${user.id}:${user.token}`) ?? page(401, 'Invalid password/token for user')
  );
}

export function denied(user: string, permission: string): PracticeAnswer {
  const told = { 'X-You-Are-Authenticated-As': user, 'X-Required-Permission': permission };
  return page(403, `${user} is missing a permission`, told);
}

/** Jenkins's errors are web pages. */
export function page(status: number, text: string, headers: Record<string, string> = {}): PracticeAnswer {
  const body = `<!DOCTYPE html><html><head><title>Jenkins</title></head><body><h1>${text}</h1></body></html>`;
  return {
    status,
    headers: { 'Content-Type': 'text/html;charset=utf-8', 'X-Jenkins': VERSION, ...headers },
    body,
  };
}

export function json(value: unknown): PracticeAnswer {
  const headers = { 'Content-Type': 'application/json;charset=utf-8', 'X-Jenkins': VERSION };
  return { status: 200, headers, body: JSON.stringify(value) };
}
