/** So many requests in each span of time; counts real time, whatever the speed of the world: a client is limited by what it really sends. */
export class RequestWindow {
  readonly #most: number;
  readonly #lengthMs: number;
  readonly #monotonic: () => number;
  #endsAt = 0;
  #used = 0;

  constructor(most: number, lengthMs: number, monotonic: () => number = () => performance.now()) {
    this.#most = most;
    this.#lengthMs = lengthMs;
    this.#monotonic = monotonic;
  }

  get used(): number {
    return this.#used;
  }

  /** How long until it begins anew, in milliseconds. */
  get leftMs(): number {
    return this.#endsAt - this.#monotonic();
  }

  /** Counts one request; false: it was one too many. */
  take(): boolean {
    const at = this.#monotonic();
    if (this.#endsAt <= at) {
      this.#endsAt = at + this.#lengthMs;
      this.#used = 0;
    }
    const ok = this.#used < this.#most;
    if (ok) this.#used++;
    return ok;
  }

  giveBack(): void {
    this.#used--;
  }
}
