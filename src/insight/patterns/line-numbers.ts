/** Bytes that all lists of line numbers together may take. */
export interface LineBudget {
  left: number;
}

/** Ascending line numbers as differences, one or two bytes each; once the budget is used up it takes no more. */
export class LineNumbers {
  readonly #budget: LineBudget;
  #bytes = new Uint8Array(0);
  #length = 0;
  #last = 0;
  count = 0;

  constructor(budget: LineBudget) {
    this.#budget = budget;
  }

  add(line: number): void {
    if (this.#length + 8 > this.#bytes.length && !this.#grow()) return;
    let rest = line - this.#last;
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
    this.#last = line;
    this.count += 1;
  }

  *values(): Generator<number, void, void> {
    let [line, difference, unit] = [0, 0, 1];
    for (let index = 0; index < this.#length; index++) {
      const byte = this.#bytes[index] ?? 0;
      difference += (byte % 128) * unit;
      unit *= 128;
      if (byte >= 128) continue;
      line += difference;
      yield line;
      [difference, unit] = [0, 1];
    }
  }

  /** Gives its bytes back, and keeps nothing. */
  free(): void {
    this.#budget.left += this.#bytes.length;
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
    this.count = 0;
  }

  #grow(): boolean {
    const more = Math.max(16, this.#bytes.length);
    if (this.#budget.left < more) return false;
    this.#budget.left -= more;
    const grown = new Uint8Array(this.#bytes.length + more);
    grown.set(this.#bytes);
    this.#bytes = grown;
    return true;
  }
}

/** The numbers of several lists, in ascending order. */
export function sortedLines(lists: readonly LineNumbers[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.count, 0));
  let index = 0;
  for (const list of lists) for (const line of list.values()) all[index++] = line;
  return all.sort();
}
