import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from './error.ts';

/** The folder of a person's own settings: `$XDG_CONFIG_HOME/oncall`. */
export function userConfigFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'oncall');
}

/** Where `oncall.yaml` is looked for when nobody names one, in order. */
export function usualPlaces(env: NodeJS.ProcessEnv): readonly string[] {
  return [join(userConfigFolder(env), 'oncall.yaml'), '/etc/oncall/oncall.yaml'];
}

/**
 * The absolute path of the one `oncall.yaml` in force: `--config`, `$ONCALL_CONFIG`, then the usual places;
 * the first found wins, whole. A file that was named but is not there is an error, not a reason to look on.
 */
export function findConfigFile(named: string | undefined, env: NodeJS.ProcessEnv): string {
  const asked = named ?? (env.ONCALL_CONFIG || undefined);
  if (asked !== undefined) {
    const file = resolve(asked);
    if (existsSync(file)) return file;
    throw new ConfigError(
      `there is no config file ${file} (${named === undefined ? 'from $ONCALL_CONFIG' : 'from --config'}).`,
    );
  }
  const places = usualPlaces(env);
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new ConfigError(
    `no configuration yet, neither ${places.join(' nor ')}. To write one: oncall init; to look around on a practice world: oncall demo`,
  );
}
