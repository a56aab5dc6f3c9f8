import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';
import { ACCOUNT, entityGuid } from './entities.ts';

export function newRelicSetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  return {
    systems: { newrelic: { url, account: ACCOUNT, token: { file: 'newrelic.key' }, ...authority } },
    service: (service) => ({
      newrelic_entity: { prod: entityGuid(service, 'prod'), test: entityGuid(service, 'test') },
    }),
    files: { 'newrelic.key': `${SECRETS.newrelic.userKey}\n` },
  };
}
