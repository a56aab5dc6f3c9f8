import type { Person } from '../model/incident.ts';
import type { Systems } from '../model/ports/index.ts';
import { safeText } from '../model/safe-text.ts';

/**
 * Who looks on: the configured e-mail address, with PagerDuty's id and name where the token is that person's;
 * else the token's owner; null: an account's token and no e-mail address.
 */
export async function identify(
  systems: Systems,
  email: string | null,
  signal?: AbortSignal,
): Promise<Person | null> {
  if (email === null) return (await systems.pager()).me(signal);
  const owner = await systems
    .pager()
    .then((pager) => pager.me(signal))
    .catch(() => null);
  if (owner?.email?.toLowerCase() === email.toLowerCase()) return owner;
  return { id: '', name: safeText(email), email: safeText(email) };
}
