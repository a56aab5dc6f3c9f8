import { type Discovery, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { channelNames } from './channels.ts';
import { SlackClient } from './client.ts';
import { SYSTEM } from './failure.ts';

/** Names of public channels. */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const client = new SlackClient(deps);
  return {
    system: SYSTEM,
    discover: async (signal) => ({ ...NOTHING_FOUND, channels: await channelNames(client, signal) }),
  };
}
