import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import type { Probe, Trouble } from '../../model/ports/probe.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import { decode, textSchema } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { openClient, type PagerClient } from './client.ts';
import { SYSTEM } from './failure.ts';

/** Scopes of OAuth apps, which other tokens have all at once: https://developer.pagerduty.com/docs/oauth-functionality */
const READS: readonly (readonly [scope: string, path: string])[] = [
  ['incidents.read', '/incidents'],
  ['oncalls.read', '/oncalls'],
  ['services.read', '/services'],
];

/** Base roles that only look: https://support.pagerduty.com/docs/advanced-permissions; others may act in their teams. */
const LOOKING_ROLES: ReadonlySet<string> = new Set(['read_only_user', 'read_only_limited_user']);

const me = z.object({
  user: z.object({ name: z.nullish(textSchema), email: z.nullish(textSchema), role: z.string().nullish() }),
});
const users = z.object({ users: z.array(z.object({ email: z.string().nullish() })) });

type Me = z.output<typeof me>['user'];

/** Whose token it is, what it may read, and whether the person in whose name is written exists there. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = openClient(deps);
  const { email } = deps.loaded.user;
  return {
    system: SYSTEM,
    async check(signal) {
      const user = await whoAmI(client, signal);
      const [forbidden, trouble] = await Promise.all([
        Promise.all(READS.map(([scope, path]) => lacks(client, scope, path, signal))),
        writer(client, user, email, signal),
      ]);
      const mayOnlyLook = user?.role !== undefined && user.role !== null && LOOKING_ROLES.has(user.role);
      return {
        identity: identityOf(user),
        missing: [...forbidden.flat(), ...(mayOnlyLook ? ['incidents.write'] : [])],
        now: null,
        budget: null,
        trouble,
      };
    },
  };
}

/** null: a key of the account, which has no user; PagerDuty answers 400 and the like for it. */
async function whoAmI(client: PagerClient, signal: AbortSignal | undefined): Promise<Me | null> {
  try {
    return decode(SYSTEM, 'a user', me, await client.get('/users/me', {}, signal)).user;
  } catch (error) {
    if (error instanceof Failure && ['invalid', 'forbidden', 'not_found'].includes(error.code)) return null;
    throw error;
  }
}

async function lacks(
  client: PagerClient,
  scope: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  try {
    await client.get(path, { limit: '1' }, signal);
    return [];
  } catch (error) {
    if (error instanceof Failure && error.code === 'forbidden') return [scope];
    throw error;
  }
}

/** Every write names a user (`From`): without one PagerDuty refuses it (error 1008). */
async function writer(
  client: PagerClient,
  user: Me | null,
  email: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Trouble | null> {
  if (email === undefined) {
    if (user !== null) return null;
    return {
      text: 'This is a key of the account: nothing can be changed until it is known who you are.',
      fix: 'set ONCALL_USER_EMAIL, or email in user.yaml, to your PagerDuty address',
    };
  }
  if (user?.email?.toLowerCase() === email.toLowerCase()) return null;
  const found = decode(SYSTEM, 'users', users, await client.get('/users', { query: email }, signal)).users;
  if (found.some((one) => one.email?.toLowerCase() === email.toLowerCase())) return null;
  return {
    text: `Nobody here has the address ${email}, in whose name you would change things.`,
    fix: 'set ONCALL_USER_EMAIL, or email in user.yaml, to your PagerDuty address',
  };
}

function identityOf(user: Me | null): SafeText {
  if (user === null) return ownText('a key of the account');
  const { name, email } = user;
  return safeText([name, email].filter(Boolean).join(' '));
}
