import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';

export function registrySetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  const { username, password } = SECRETS.registry;
  return {
    systems: { registry: { url, username, token: { file: 'registry.token' }, ...authority } },
    service: ({ registry }) => (registry === null ? {} : { registry: true }),
    files: { 'registry.token': `${password}\n` },
  };
}
