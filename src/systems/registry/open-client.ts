import { resolve } from 'node:path';
import { settingsOf } from '../http/settings.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { RegistryClient } from './client.ts';
import { SYSTEM } from './failure.ts';

export function openClient({ loaded, transport }: AdapterDeps): RegistryClient {
  const settings = settingsOf({ loaded }, SYSTEM);
  const { token, username, url, ca_file: caFile } = settings;
  return new RegistryClient({
    transport,
    token: token === undefined ? null : Token.of(SYSTEM, transport, token, loaded.folder),
    username,
    url,
    caFile: caFile === undefined ? undefined : resolve(loaded.folder, caFile),
  });
}
