import type { Source } from './types.ts';

interface Watched extends Source<unknown> {
  readonly watched: boolean;
}

const MOST = 200;

/** One source a key, so that two panes on one thing cost one request; those nobody watches are let go, oldest first. */
export class Shelf {
  readonly #sources = new Map<string, Watched>();

  take<S extends Watched>(key: string, make: () => S): S {
    // A key is only ever made by one line of the code, so its source has that line's type.
    const known = this.#sources.get(key) as S | undefined;
    if (known !== undefined) return known;
    this.#letGo();
    const made = make();
    this.#sources.set(key, made);
    return made;
  }

  watched(): readonly Source<unknown>[] {
    return [...this.#sources.values()].filter((source) => source.watched);
  }

  /** Keys of the sources that were ever asked for and are still here. */
  keys(): readonly string[] {
    return [...this.#sources.keys()];
  }

  #letGo(): void {
    if (this.#sources.size < MOST) return;
    for (const [key, source] of this.#sources) {
      if (!source.watched) this.#sources.delete(key);
      if (this.#sources.size < MOST) return;
    }
  }
}
