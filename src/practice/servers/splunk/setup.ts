import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';

/** Its lines still go to CloudWatch. */
const OLDEST_SERVICE = 'mailer';

export function splunkSetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  return {
    systems: { splunk: { url, web_url: url, token: { file: 'splunk.token' }, ...authority } },
    service: ({ name }) =>
      name === OLDEST_SERVICE
        ? {}
        : { logs: { index: 'app', where: { service: name, environment: '{environment}' } } },
    files: { 'splunk.token': `${SECRETS.splunk.token}\n` },
  };
}
