/** Remembers the latest ids up to a bound, so that a line read twice is shown once. */
export class Seen {
  readonly #max: number;
  readonly #ids = new Set<string>();

  constructor(max: number) {
    this.#max = max;
  }

  /** True the first time; an id that comes again is kept longer. */
  add(id: string): boolean {
    const known = this.#ids.delete(id);
    this.#ids.add(id);
    if (this.#ids.size > this.#max) {
      const [oldest] = this.#ids;
      if (oldest !== undefined) this.#ids.delete(oldest);
    }
    return !known;
  }
}
