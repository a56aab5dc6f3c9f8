import type { Probe } from '../../model/ports/probe.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { ZendeskClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { meAnswer } from './wire.ts';

/** Whose token it is, and whether they are an agent: only agents search tickets. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = new ZendeskClient(deps);
  return {
    system: SYSTEM,
    async check(signal) {
      const { user } = await client.get('a user', meAnswer, `${client.base}/api/v2/users/me.json`, signal);
      const trouble = {
        text: 'Zendesk does not tell whose token it is.',
        fix: 'check systems.zendesk.username and token',
      };
      return {
        identity: user.email ?? user.name ?? null,
        missing: user.role === 'end-user' ? ['agent'] : [],
        now: null,
        budget: null,
        trouble: user.id === null || user.id === undefined ? trouble : null,
      };
    },
    cure: ({ code }) =>
      code === 'unauthorized'
        ? 'put an API token where systems.zendesk.token says, and its e-mail into username'
        : null,
  };
}
