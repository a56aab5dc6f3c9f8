import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';
import { routingKey } from './events-v2.ts';

const changeKey = (service: string) => `change-keys/${service}.key`;

export function pagerDutySetup(state: WorldState, { url, authority }: SetupPlace): Setup {
  return {
    systems: { pagerduty: { url, events_url: url, token: { file: 'pagerduty.token' }, ...authority } },
    service: (service) => ({
      pagerduty_service: service.pagerId,
      change_events_key: { file: changeKey(service.name) },
    }),
    files: {
      'pagerduty.token': `${SECRETS.pagerduty.user}\n`,
      ...Object.fromEntries(
        state.services.map((service) => [changeKey(service.name), `${routingKey(service)}\n`]),
      ),
    },
  };
}
