/** https://buildkite.com/docs/apis/rest-api/rate-limits: of one person, and of the organisation. */
export const REQUESTS_A_MINUTE = 50;
const OF_ORGANIZATION = 200;
const WINDOW_MS = 60_000;

/** Counts real time, whatever the speed of the world: a client is limited by what it really sends. */
export class RateLimit {
  #endsAt = 0;
  #used = 0;
  readonly #monotonic: () => number;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** `reset` in seconds. */
  use(): { readonly ok: boolean; readonly reset: number; readonly headers: Record<string, string> } {
    const at = this.#monotonic();
    if (this.#endsAt <= at) {
      this.#endsAt = at + WINDOW_MS;
      this.#used = 0;
    }
    const ok = this.#used < REQUESTS_A_MINUTE;
    if (ok) this.#used++;
    const reset = Math.ceil((this.#endsAt - at) / 1_000);
    const headers = {
      'RateLimit-User-Scope': 'rest_user',
      'RateLimit-User-Remaining': String(REQUESTS_A_MINUTE - this.#used),
      'RateLimit-User-Limit': String(REQUESTS_A_MINUTE),
      'RateLimit-User-Reset': String(reset),
      'RateLimit-Scope': 'rest',
      'RateLimit-Remaining': String(OF_ORGANIZATION - this.#used),
      'RateLimit-Limit': String(OF_ORGANIZATION),
      'RateLimit-Reset': String(reset),
    };
    return { ok, reset, headers };
  }
}
