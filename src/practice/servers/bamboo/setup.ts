import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';
import { ENVIRONMENTS, projectName } from './projects.ts';
import { RELEASE } from './show.ts';

export function bambooSetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  return {
    systems: {
      bamboo: { url, token: { file: 'bamboo.token' }, environments: ENVIRONMENTS, ...authority },
    },
    service: (service) =>
      service.pipeline === 'bamboo'
        ? { deploy_with: 'bamboo', bamboo: { project: projectName(service), release: RELEASE } }
        : {},
    files: { 'bamboo.token': `${SECRETS.bamboo.token}\n` },
  };
}
