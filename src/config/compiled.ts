import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readableSecrets } from './inline-secrets.ts';
import { replaceOwnFile } from './own-file.ts';
import type { Sources } from './sources.ts';
import { stateFolder, stateFolderOf } from './state.ts';
import type { LoadedConfig } from './types.ts';

/** The checked configuration as it was left in the state folder, so that a start parses and checks only what changed. */
export interface Compiled {
  /** null: none, of other sources or of another build, not ours alone, or damaged. */
  read(): LoadedConfig | null;
  /** Atomic, mode 0600; nothing where a URL holds a password. A disk that is full only loses it. */
  write(loaded: LoadedConfig): void;
}

const FILE = 'config.json';

/**
 * For one state of the sources. Of the environment the names count: a configuration in which a variable set a value
 * is never written (see `loadConfig`), and whether one does depends on names alone; a token's value is not looked at.
 * `build` tells the program that checked it; null: neither reads nor writes.
 */
export function openCompiled(sources: Sources, env: NodeJS.ProcessEnv, build: string | null): Compiled {
  const key = build === null ? null : keyOf(sources, env, build);
  return {
    read() {
      try {
        const text = key === null ? null : readOwn(join(stateFolderOf(sources.tribe.file, env), FILE));
        const found = text === null ? null : (JSON.parse(text) as { key: string; loaded: LoadedConfig });
        return found?.key === key ? (found.loaded ?? null) : null;
      } catch {
        return null;
      }
    },
    write(loaded) {
      if (key === null || readableSecrets(loaded, 0o777, '').length > 0) return;
      try {
        replaceOwnFile(join(stateFolder(loaded, env), FILE), JSON.stringify({ key, loaded }));
      } catch {
        // The next start checks again.
      }
    },
  };
}

/** A regular file of our own that nobody else can read or change; null: anything else. */
function readOwn(file: string): string | null {
  const handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const status = fstatSync(handle);
    const ours = status.isFile() && status.uid === process.getuid?.() && (status.mode & 0o077) === 0;
    return ours ? readFileSync(handle, 'utf8') : null;
  } finally {
    closeSync(handle);
  }
}

function keyOf({ tribe, user, userFile }: Sources, env: NodeJS.ProcessEnv, build: string): string {
  const names = Object.keys(env).filter((name) => name.startsWith('ONCALL_') && env[name] !== '');
  const who = env.ONCALL_USER_EMAIL ?? '';
  return fingerprint(JSON.stringify([build, tribe, userFile, user, who, names.sort()]));
}

/** Two 32-bit hashes (FNV-1a, and one with another factor): against mistakes, not malice; node:crypto loads too long. */
function fingerprint(text: string): string {
  let [one, two] = [0x811c9dc5, 0xdeadbeef];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x5f356495);
  }
  return `${text.length}-${(one >>> 0).toString(16)}-${(two >>> 0).toString(16)}`;
}
