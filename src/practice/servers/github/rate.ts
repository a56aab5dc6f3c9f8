import { RequestWindow } from '../window.ts';

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: requests an hour of one person. */
export const REQUESTS_AN_HOUR = 5_000;
const WINDOW_MS = 3_600_000;

export class RateLimit {
  readonly #window: RequestWindow;

  constructor(monotonic?: () => number) {
    this.#window = new RequestWindow(REQUESTS_AN_HOUR, WINDOW_MS, monotonic);
  }

  /** @param now the world's clock, by which the moment of the reset is told */
  use(now: number): { readonly ok: boolean; readonly headers: Record<string, string> } {
    const ok = this.#window.take();
    const { used, leftMs } = this.#window;
    const headers = {
      'x-ratelimit-limit': String(REQUESTS_AN_HOUR),
      'x-ratelimit-remaining': String(REQUESTS_AN_HOUR - used),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(Math.ceil((now + leftMs) / 1000)),
    };
    return { ok, headers };
  }

  /** An answer that nothing changed (304) does not count. */
  giveBack(): void {
    this.#window.giveBack();
  }
}
