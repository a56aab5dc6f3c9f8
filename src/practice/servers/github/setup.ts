import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';
import { ENVIRONMENTS } from './deployments.ts';
import { ORGANISATION } from './show.ts';

export function githubSetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  return {
    systems: {
      github: {
        url: `${url}/api/v3`,
        token: { file: 'github.token' },
        deployments: true,
        environments: ENVIRONMENTS,
        ...authority,
      },
    },
    service: ({ name }) => ({ repo: `${ORGANISATION}/${name}` }),
    files: { 'github.token': `${SECRETS.github.token}\n` },
  };
}
