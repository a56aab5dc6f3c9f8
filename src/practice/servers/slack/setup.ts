import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';

export function slackSetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  return {
    systems: { slack: { url: `${url}/api`, token: { file: 'slack.token' }, ...authority } },
    files: { 'slack.token': `${SECRETS.slack.token}\n` },
  };
}
