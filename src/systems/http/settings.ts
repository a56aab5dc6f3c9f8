import type { Config } from '../../config/schema.ts';
import type { LoadedConfig } from '../../config/types.ts';
import { Failure } from '../../model/failure.ts';

type SystemName = keyof Config['systems'];

/** What the config has of one system. */
export type SettingsOf<K extends SystemName> = NonNullable<Config['systems'][K]>;

/** What the config says of a system; throws `not_configured` where it says nothing. */
export function settingsOf<K extends SystemName>(
  { loaded }: { readonly loaded: LoadedConfig },
  system: K,
): SettingsOf<K> {
  const settings = loaded.config.systems[system];
  if (settings !== undefined) return settings;
  throw new Failure(system, 'not_configured', `systems.${system} is missing in ${loaded.file}.`);
}
