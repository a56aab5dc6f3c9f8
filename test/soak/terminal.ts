import { appendFileSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { openActions } from '../../src/actions/index.ts';
import type { Actions } from '../../src/actions/types.ts';
import { openSystems } from '../../src/systems/index.ts';
import type { Death, Moment } from './schedule.ts';
import type { Stage } from './stage.ts';
import { Wire } from './wire.ts';

/** Short ones, so that thousands of schedules pass; `trace` is the system's time, which runs faster. */
const LIMITS = { send: 250, read: 250, trace: 1_500, pause: 15 };
const JOURNAL = 'journal.jsonl';
/** The line that was being written, as far as it came. */
const TORN = '{"schema":1,"id":"k3v9w2","state":"se';

export interface TerminalWish {
  readonly who: 'sam' | 'dora';
  readonly folder: string;
  readonly death: Death | null;
  readonly before: (moment: Moment) => Promise<void>;
}

/** One run of the program: from its start to its end, or to its death. */
export class Terminal {
  readonly who: 'sam' | 'dora';
  readonly folder: string;
  readonly actions: Actions;
  /** Resolves with the folder in which the journal lies as it was at that moment; never, if it lives. */
  readonly death: Promise<string>;
  readonly #wire: Wire;
  readonly #close: () => Promise<void>;

  private constructor(stage: Stage, heir: string, { who, folder, death, before }: TerminalWish) {
    const died = Promise.withResolvers<string>();
    const systems = openSystems({ ...stage.loaded });
    this.#wire = new Wire(systems, {
      death,
      before,
      died: () => {
        inherit(folder, heir, death?.torn === true);
        died.resolve(heir);
      },
    });
    this.who = who;
    this.folder = folder;
    this.death = died.promise;
    this.actions = openActions({
      systems: this.#wire.systems(),
      catalog: stage.loaded.catalog,
      email: `${who}@harbour.example`,
      stateFolder: folder,
      readOnly: false,
      reread: async () => {},
      limits: LIMITS,
    });
    this.#close = () => {
      this.#wire.end();
      return systems.close();
    };
  }

  static async open(stage: Stage, wish: TerminalWish): Promise<Terminal> {
    return new Terminal(stage, await stateFolder(stage), wish);
  }

  get isDead(): boolean {
    return this.#wire.isDead;
  }

  /** What follows the confirmation begins. */
  confirmed(): void {
    this.#wire.phase = 'run';
  }

  close(): Promise<void> {
    return this.#close();
  }
}

export function stateFolder(stage: Stage): Promise<string> {
  return mkdtemp(join(stage.folder, 'state-'));
}

function inherit(from: string, to: string, torn: boolean): void {
  const [old, own] = [join(from, JOURNAL), join(to, JOURNAL)];
  mkdirSync(to, { recursive: true });
  if (existsSync(old)) copyFileSync(old, own);
  if (torn) appendFileSync(own, TORN);
  // The dead one writes nothing any more: a file stands where its folder was.
  rmSync(from, { recursive: true, force: true });
  writeFileSync(from, '');
}
