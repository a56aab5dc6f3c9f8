/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: requests an hour of one person. */
export const REQUESTS_AN_HOUR = 5_000;
const WINDOW_MS = 3_600_000;

/** Counts real time, whatever the speed of the world: a client is limited by what it really sends. */
export class RateLimit {
  #endsAt = 0;
  #used = 0;
  readonly #monotonic: () => number;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** @param now the world's clock, by which the moment of the reset is told */
  use(now: number): { readonly ok: boolean; readonly headers: Record<string, string> } {
    const at = this.#monotonic();
    if (this.#endsAt <= at) {
      this.#endsAt = at + WINDOW_MS;
      this.#used = 0;
    }
    const ok = this.#used < REQUESTS_AN_HOUR;
    if (ok) this.#used++;
    const headers = {
      'x-ratelimit-limit': String(REQUESTS_AN_HOUR),
      'x-ratelimit-remaining': String(REQUESTS_AN_HOUR - this.#used),
      'x-ratelimit-used': String(this.#used),
      'x-ratelimit-reset': String(Math.ceil((now + this.#endsAt - at) / 1000)),
    };
    return { ok, headers };
  }

  /** An answer that nothing changed (304) does not count. */
  giveBack(): void {
    this.#used--;
  }
}
