import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';
import { TRIBE_TAG } from './tickets.ts';

export function zendeskSetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  const { username, token } = SECRETS.zendesk;
  return {
    systems: {
      zendesk: { url, username, tags: [TRIBE_TAG], token: { file: 'zendesk.token' }, ...authority },
    },
    files: { 'zendesk.token': `${token}\n` },
  };
}
