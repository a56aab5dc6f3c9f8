import { openCompiled } from './compiled.ts';
import { type LoadOptions, readSources } from './sources.ts';
import type { LoadedConfig } from './types.ts';

/** What the bundle is built from (scripts/build.mjs); not there where the sources run as they are. */
declare const ONCALL_BUILD: string;

/**
 * The configuration in force: as it was checked the last time where nothing changed since, else checked anew.
 * Throws a ConfigError that names the place and the nearest right name.
 */
export async function loadConfig(options: LoadOptions = {}): Promise<LoadedConfig> {
  const env = options.env ?? process.env;
  const sources = readSources(options);
  const compiled = openCompiled(sources, env, typeof ONCALL_BUILD === 'undefined' ? null : ONCALL_BUILD);
  const known = compiled.read();
  if (known !== null) return known;
  const { checkConfig } = await import('./check.ts');
  const { loaded, overridden } = checkConfig(sources, env);
  if (!overridden) compiled.write(loaded);
  return loaded;
}
