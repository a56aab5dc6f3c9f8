import type { LoadedConfig } from '../config/types.ts';
import type { Monitors } from '../model/ports/monitors.ts';
import type { AdapterDeps } from './http/transport.ts';

interface Row {
  isConfigured(loaded: LoadedConfig): boolean;
  open(deps: AdapterDeps): Promise<Monitors>;
}

/** Who tells what is wrong now: lazily imported. */
const TABLE: readonly Row[] = [];

export function openMonitors(deps: AdapterDeps): Promise<readonly Monitors[]> {
  return Promise.all(TABLE.filter((row) => row.isConfigured(deps.loaded)).map((row) => row.open(deps)));
}
