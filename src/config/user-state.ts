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

/** Its shape is checked here: for a schema conf compiles JSON Schema's own first, which takes as long as the first frame. */
function open(folder: string): Conf<UserStateValues> {
  const conf = new Conf<UserStateValues>({ cwd: folder, configName: NAME, configFileMode: 0o600 });
  const { environment, sizes, dismissedHints }: Partial<UserStateValues> = { ...DEFAULTS, ...conf.store };
  const isText = (value: unknown) => typeof value === 'string';
  const isShape =
    (environment === null || isText(environment)) &&
    isOf(sizes, (value) => typeof value === 'number') &&
    Array.isArray(dismissedHints) &&
    isOf(dismissedHints, isText);
  if (!isShape) throw new Error(`${conf.path} is of another shape.`);
  return conf;
}

function isOf(values: unknown, is: (value: unknown) => boolean): boolean {
  return typeof values === 'object' && values !== null && Object.values(values).every(is);
}
