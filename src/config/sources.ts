import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './error.ts';
import { findConfigFile, userConfigFolder } from './places.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** A file of the configuration as it lies on the disk. */
export interface Source {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  /** The file's permission bits. */
  readonly mode: number;
}

/** All that a configuration is made of, but for the environment. */
export interface Sources {
  readonly tribe: Source;
  /** Absolute path, whether `user.yaml` is there or not. */
  readonly userFile: string;
  readonly user: Source | null;
}

export interface LoadOptions {
  readonly configFile?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Finds and reads the files. Throws a ConfigError where one is missing, too large or anybody's to change. */
export function readSources({ configFile, env = process.env }: LoadOptions): Sources {
  const userFile = join(userConfigFolder(env), 'user.yaml');
  return {
    tribe: readSource(findConfigFile(configFile, env)),
    userFile,
    user: existsSync(userFile) ? readSource(userFile) : null,
  };
}

function readSource(file: string): Source {
  try {
    const { size, mode } = statSync(file);
    if (size > MAX_BYTES)
      throw new ConfigError(`${file} is larger than 4 MB: this is no configuration of oncall.`);
    if ((mode & 0o002) !== 0) {
      throw new ConfigError(
        `${file} can be changed by everybody, and it names programs to run: chmod o-w ${file}`,
      );
    }
    return { file, text: readFileSync(file, 'utf8'), mode: mode & 0o777 };
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ConfigError(`cannot read ${file}: ${reason}`);
  }
}
