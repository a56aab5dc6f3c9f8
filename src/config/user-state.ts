import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';

/** What the cockpit remembers from one time to the next; never anything that a command acts on. */
export interface UserStateValues {
  /** The environment that the cockpit showed last. */
  readonly environment: string | null;
  /** Rows or columns of a pane, by its name. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly dismissedHints: readonly string[];
}

export interface UserState {
  get(): UserStateValues;
  /** A disk that is full or read-only is no reason to stop: then it is remembered until the end only. */
  set(values: Partial<UserStateValues>): void;
}

const NAME = 'cockpit';
const DEFAULTS: UserStateValues = { environment: null, sizes: {}, dismissedHints: [] };

/** Opens `cockpit.json` in the state folder; one that cannot be read is put aside, never erased. */
export function openUserState(folder: string): UserState {
  const conf = openOrQuarantine(folder);
  let values: UserStateValues = { ...DEFAULTS, ...conf?.store };
  return {
    get: () => values,
    set(changed) {
      values = { ...values, ...changed };
      try {
        conf?.set({ ...changed });
      } catch {
        // Remembered in `values`.
      }
    },
  };
}

function openOrQuarantine(folder: string): Conf<UserStateValues> | null {
  try {
    return open(folder);
  } catch {
    const file = join(folder, `${NAME}.json`);
    try {
      if (existsSync(file)) renameSync(file, `${file}.corrupt-${Date.now()}`);
      return open(folder);
    } catch {
      return null;
    }
  }
}

function open(folder: string): Conf<UserStateValues> {
  return new Conf<UserStateValues>({
    cwd: folder,
    configName: NAME,
    configFileMode: 0o600,
    schema: {
      environment: { type: ['string', 'null'] },
      sizes: { type: 'object', additionalProperties: { type: 'number' } },
      dismissedHints: { type: 'array', items: { type: 'string' } },
    },
  });
}
