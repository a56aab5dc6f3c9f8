import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** What the cockpit remembers from one time to the next; never anything that a command acts on. */
export interface UserStateValues {
  /** The environment that the cockpit showed last. */
  readonly environment: string | null;
  /** Rows or columns of a pane, by its name. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly dismissedHints: readonly string[];
  /** Written by hand for the log system, newest first. */
  readonly searches: readonly string[];
}

export interface UserState {
  get(): UserStateValues;
  /**
   * Resolves once it is written. A disk that is full or read-only is no reason to stop: then it is remembered until
   * the end only.
   */
  set(values: Partial<UserStateValues>): Promise<void>;
}

const NAME = 'cockpit';
const DEFAULTS: UserStateValues = { environment: null, sizes: {}, dismissedHints: [], searches: [] };

/**
 * Opens `cockpit.json` in the state folder; one that cannot be read is put aside, never erased. Conf, which writes it,
 * takes as long to load as Node to start: the first frame does not wait for it.
 */
export function openUserState(folder: string): UserState {
  let values = readOrQuarantine(join(folder, `${NAME}.json`));
  let writing = Promise.resolve();
  return {
    get: () => values,
    set(changed) {
      values = { ...values, ...changed };
      writing = writing
        .then(() => import('conf'))
        .then(({ default: Conf }) => {
          const options = { cwd: folder, configName: NAME, configFileMode: 0o600 };
          new Conf<UserStateValues>(options).set({ ...changed });
        })
        .catch(() => undefined); // Remembered in `values`.
      return writing;
    },
  };
}

function readOrQuarantine(file: string): UserStateValues {
  if (!existsSync(file)) return DEFAULTS;
  try {
    const values: object = { ...DEFAULTS, ...JSON.parse(readFileSync(file, 'utf8')) };
    if (isUserState(values)) return values;
  } catch {
    // Torn, or not to be read.
  }
  try {
    renameSync(file, `${file}.corrupt-${Date.now()}`);
  } catch {
    // Then nothing can be written there either.
  }
  return DEFAULTS;
}

function isUserState(values: object): values is UserStateValues {
  const { environment, sizes, dismissedHints, searches } = values as Record<string, unknown>;
  return (
    (environment === null || typeof environment === 'string') &&
    holds(sizes, 'number') &&
    [dismissedHints, searches].every((texts) => Array.isArray(texts) && holds(texts, 'string'))
  );
}

function holds(values: unknown, type: 'number' | 'string'): boolean {
  return (
    typeof values === 'object' &&
    values !== null &&
    Object.values(values).every((value) => typeof value === type)
  );
}

const MOST_REMEMBERED = 100;

/** The searches of before with one more, newest first, each once. */
export function withSearch(before: readonly string[], text: string): readonly string[] {
  return [text, ...before.filter((other) => other !== text)].slice(0, MOST_REMEMBERED);
}
