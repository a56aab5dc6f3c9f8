import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';

export function buildkiteSetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  return {
    systems: {
      buildkite: {
        url: `${url}/v2`,
        organization: 'harbour',
        token: { file: 'buildkite.token' },
        ...authority,
      },
    },
    service: ({ name, pipeline }) => (pipeline === 'buildkite' ? { buildkite: { pipeline: name } } : {}),
    files: { 'buildkite.token': `${SECRETS.buildkite.token}\n` },
  };
}
