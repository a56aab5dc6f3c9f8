import type { LogLine } from '../model/log-line.ts';
import { Seen } from '../systems/log/seen.ts';

const OVERHEAD_BYTES = 240;
/** Ids of dropped lines are known for so long: a tail that begins anew reads some of them again. */
const REMEMBERED = 100_000;

/** The newest log lines by their time, bounded in bytes and in number; a line that came before is not taken twice. */
export class Ring {
  #lines: LogLine[] = [];
  #bytes = 0;
  #total = 0;
  #seen = new Seen(REMEMBERED);
  readonly #maxBytes: number;
  readonly #maxLines: number;

  constructor(maxBytes: number, maxLines: number) {
    this.#maxBytes = maxBytes;
    this.#maxLines = maxLines;
  }

  /** Lines that were taken, kept or already dropped. */
  get total(): number {
    return this.#total;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Oldest first; a list of its own, which does not change any more. */
  snapshot(): readonly LogLine[] {
    return this.#lines.slice();
  }

  /** Returns those that were not here yet. */
  push(lines: readonly LogLine[]): readonly LogLine[] {
    const fresh: LogLine[] = [];
    for (const line of lines) {
      if (!this.#seen.add(line.id)) continue;
      fresh.push(line);
      this.#insert(line);
      this.#bytes += bytesOf(line);
      this.#total += 1;
    }
    this.#drop();
    return fresh;
  }

  clear(): void {
    this.#lines = [];
    this.#bytes = 0;
    this.#total = 0;
    this.#seen = new Seen(REMEMBERED);
  }

  /** By time; nearly all belong at the end. */
  #insert(line: LogLine): void {
    let [from, to] = [0, this.#lines.length];
    if ((this.#lines[to - 1]?.at ?? line.at) <= line.at) from = to;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#lines[middle]?.at ?? 0) <= line.at) from = middle + 1;
      else to = middle;
    }
    this.#lines.splice(from, 0, line);
  }

  #drop(): void {
    let gone = 0;
    while (this.#lines.length - gone > this.#maxLines || this.#bytes > this.#maxBytes) {
      const line = this.#lines[gone];
      if (line === undefined) break;
      this.#bytes -= bytesOf(line);
      gone += 1;
    }
    if (gone > 0) this.#lines = this.#lines.slice(gone);
  }
}

/** What a line takes in memory, roughly: strings at two bytes a unit, fields, and the objects themselves. */
function bytesOf(line: LogLine): number {
  let units = line.id.length * 2 + line.message.length;
  for (const [name, value] of Object.entries(line.fields)) units += name.length + value.length;
  return OVERHEAD_BYTES + units * 2;
}
