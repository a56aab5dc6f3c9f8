import type { Reading } from '../model/reading.ts';
import type { Flush } from './flush.ts';

/**
 * What a source shows and who looks at it. A new reading is kept aside until the flush, so that whoever looks
 * sees all sources change at one moment.
 */
export class Cell<T> {
  #shown: Reading<T>;
  #next: Reading<T>;
  readonly #listeners = new Set<() => void>();
  readonly #flush: Flush;
  readonly #publish = () => {
    if (this.#shown === this.#next) return;
    this.#shown = this.#next;
    for (const listener of [...this.#listeners]) listener();
  };

  constructor(first: Reading<T>, flush: Flush) {
    this.#shown = first;
    this.#next = first;
    this.#flush = flush;
  }

  get(): Reading<T> {
    return this.#shown;
  }

  /** The newest, shown or not. */
  get newest(): Reading<T> {
    return this.#next;
  }

  set(reading: Reading<T>): void {
    this.#next = reading;
    this.#flush.soon(this.#publish);
  }

  publishNow(): void {
    this.#publish();
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  listen(changed: () => void): () => void {
    const listener = () => changed();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
