import { MINUTE } from '../../model/instant.ts';

/** Requests a minute that one system gets from us: a bucket that refills evenly. */
export class Budget {
  readonly #perMinute: number;
  readonly #now: () => number;
  #left: number;
  #refilledAt: number;

  /** `now` must be monotonic. */
  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.#perMinute = perMinute;
    this.#now = now;
    this.#left = perMinute;
    this.#refilledAt = now();
  }

  /** Takes one request; how many milliseconds it must wait for its turn. */
  take(): number {
    const now = this.#now();
    const perMs = this.#perMinute / MINUTE;
    this.#left = Math.min(this.#perMinute, this.#left + (now - this.#refilledAt) * perMs);
    this.#refilledAt = now;
    this.#left -= 1;
    return this.#left >= 0 ? 0 : Math.ceil(-this.#left / perMs);
  }
}
