import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';
import { ENVIRONMENTS, FOLDER } from './jobs.ts';

/** Its rollbacks go through Jenkins; those of the others through their stacks. */
const DEPLOYED_WITH_JENKINS = 'session-store';

export function jenkinsSetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  const { username, token } = SECRETS.jenkins;
  return {
    systems: { jenkins: { url, username, token: { file: 'jenkins.token' }, ...authority } },
    service: ({ name, pipeline }) =>
      pipeline === 'jenkins'
        ? {
            jenkins: { job: `${FOLDER}/${name}`, environments: { prod: ENVIRONMENTS.prod } },
            ...(name === DEPLOYED_WITH_JENKINS ? { deploy_with: 'jenkins' } : {}),
          }
        : {},
    files: { 'jenkins.token': `${token}\n` },
  };
}
