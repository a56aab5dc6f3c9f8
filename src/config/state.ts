import { chmodSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { shortKey } from './short-key.ts';

/** The folder (mode 0700, made when missing) for what this configuration leaves behind: journal, snapshot, sizes. */
export function stateFolder(loaded: { readonly file: string }, env: NodeJS.ProcessEnv = process.env): string {
  const folder = stateFolderOf(loaded.file, env);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return folder;
}

/** Its path alone: `$XDG_STATE_HOME/oncall/NAME-HASH`, by the real path of the config file. Nothing is made. */
export function stateFolderOf(configFile: string, env: NodeJS.ProcessEnv): string {
  const file = real(configFile);
  const root = env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(root, 'oncall', `${basename(dirname(file))}-${shortKey(file)}`);
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
