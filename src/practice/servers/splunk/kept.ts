import type { Row } from './event.ts';
import type { Command } from './spl/pipeline.ts';
import type { TimeRange } from './stage.ts';
import { chain } from './stages.ts';

/** Events of a search on its way, to tell what its commands would make of them already. */
export class Kept {
  readonly rows: Row[] = [];
  readonly #commands: readonly Command[];
  readonly #range: TimeRange;
  #answer: { readonly of: number; readonly rows: readonly Row[] } = { of: 0, rows: [] };

  constructor(commands: readonly Command[], range: TimeRange) {
    this.#commands = commands;
    this.#range = range;
  }

  answer(): readonly Row[] {
    if (this.#answer.of === this.rows.length) return this.#answer.rows;
    const rows: Row[] = [];
    const last = { push: (row: Row) => rows.push(row) > 0, end: () => undefined };
    const stages = chain(this.#commands, this.#range, last);
    for (const row of this.rows) if (!stages.push(row)) break;
    stages.end();
    this.#answer = { of: this.rows.length, rows };
    return rows;
  }
}
