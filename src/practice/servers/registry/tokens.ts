import { createHmac, timingSafeEqual } from 'node:crypto';
import { SECOND } from '../../../model/instant.ts';
import { SECRETS } from '../../secrets.ts';
import type { World } from '../../world/world.ts';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';
import { RegistryRefusal } from './refusal.ts';

/** Who the registry is to its token server. */
const SERVICE = 'registry.harbour.example';
const KEY = 'the token server signs with this';
const LIFE_S = 300;

/** `GET /token`: https://distribution.github.io/distribution/spec/auth/token/ */
export function giveToken({ query, headers }: PracticeRequest, world: World): PracticeAnswer {
  const { username, password } = SECRETS.registry;
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  if (headers.authorization !== `Basic ${pair}`) {
    throw new RegistryRefusal(401, 'UNAUTHORIZED', 'incorrect username or password');
  }
  const claims = { scopes: query.getAll('scope'), until: world.now() + LIFE_S * SECOND };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const body = JSON.stringify({ token: `${payload}.${sign(payload)}`, expires_in: LIFE_S });
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
}

/** What a token has to be for: https://distribution.github.io/distribution/spec/auth/scope/ */
export function scopeOf(path: string, repository: string): string | null {
  if (path === '/v2/_catalog') return 'registry:catalog:*';
  return repository === '' ? null : `repository:${repository}:pull`;
}

/** Refuses whoever has no token of that scope; null: any token will do. */
export function refuseStrangers(
  { headers, origin }: PracticeRequest,
  scope: string | null,
  world: World,
): void {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (token !== undefined && allows(token, scope, world)) return;
  const wanted = scope === null ? '' : `,scope="${scope}"`;
  throw new RegistryRefusal(401, 'UNAUTHORIZED', 'authentication required', {
    'Www-Authenticate': `Bearer realm="${origin}/token",service="${SERVICE}"${wanted}`,
  });
}

function allows(token: string, scope: string | null, world: World): boolean {
  const [payload = '', signature = ''] = token.split('.');
  const right = sign(payload);
  if (signature.length !== right.length || !timingSafeEqual(Buffer.from(signature), Buffer.from(right))) {
    return false;
  }
  const { scopes, until } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  return world.now() < until && (scope === null || scopes.includes(scope));
}

function sign(payload: string): string {
  return createHmac('sha256', KEY).update(payload).digest('base64url');
}
