import { toFailure } from '../model/failure.ts';
import type { Systems } from '../model/ports/index.ts';
import { ActionError } from './types.ts';

/** In whose name writes are made: PagerDuty wants a user's e-mail address with each. */
export interface Who {
  /** Why nobody is known; null: somebody is, or it has not been asked yet. */
  missing(): string | null;
  get(signal?: AbortSignal): Promise<string>;
}

const NOBODY =
  'Nobody to act as: set ONCALL_USER_EMAIL, or "email" in user.yaml, or use a PagerDuty user\'s token.';

export function openWho(systems: Systems, email: string | null): Who {
  let known = email;
  let asked = false;
  return {
    missing: () => (known === null && asked ? NOBODY : null),
    async get(signal) {
      if (known !== null) return known;
      const me = await askPagerDuty(systems, signal);
      asked = true;
      known = me;
      if (known === null) throw new ActionError(NOBODY);
      return known;
    },
  };
}

async function askPagerDuty(systems: Systems, signal?: AbortSignal): Promise<string | null> {
  try {
    return (await (await systems.pager()).me(signal))?.email ?? null;
  } catch (thrown) {
    const failure = toFailure('pagerduty', thrown);
    throw new ActionError(`PagerDuty does not say who you are (${failure.text}). ${NOBODY}`);
  }
}
