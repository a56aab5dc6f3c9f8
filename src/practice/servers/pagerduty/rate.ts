/** https://developer.pagerduty.com/docs/rest-api-rate-limits: requests a minute of one key. */
export const REQUESTS_A_MINUTE = 960;
const WINDOW_MS = 60_000;

export interface Allowance {
  readonly ok: boolean;
  readonly headers: Record<string, string>;
}

/** Counts real time, whatever the speed of the world: a client is throttled by what it really sends. */
export class RateLimit {
  readonly #windows = new Map<string, { endsAt: number; used: number }>();
  readonly #monotonic: () => number;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  use(key: string): Allowance {
    const now = this.#monotonic();
    let window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      window = { endsAt: now + WINDOW_MS, used: 0 };
      this.#windows.set(key, window);
    }
    const ok = window.used < REQUESTS_A_MINUTE;
    if (ok) window.used++;
    return {
      ok,
      headers: {
        'ratelimit-limit': String(REQUESTS_A_MINUTE),
        'ratelimit-remaining': String(REQUESTS_A_MINUTE - window.used),
        'ratelimit-reset': String(Math.ceil((window.endsAt - now) / 1000)),
      },
    };
  }
}
