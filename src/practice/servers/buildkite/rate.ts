import { RequestWindow } from '../window.ts';

/** https://buildkite.com/docs/apis/rest-api/rate-limits: of one person, and of the organisation. */
export const REQUESTS_A_MINUTE = 50;
const OF_ORGANIZATION = 200;
const WINDOW_MS = 60_000;

export class RateLimit {
  readonly #window: RequestWindow;

  constructor(monotonic?: () => number) {
    this.#window = new RequestWindow(REQUESTS_A_MINUTE, WINDOW_MS, monotonic);
  }

  /** `reset` in seconds. */
  use(): { readonly ok: boolean; readonly reset: number; readonly headers: Record<string, string> } {
    const ok = this.#window.take();
    const { used } = this.#window;
    const reset = Math.ceil(this.#window.leftMs / 1_000);
    const headers = {
      'RateLimit-User-Scope': 'rest_user',
      'RateLimit-User-Remaining': String(REQUESTS_A_MINUTE - used),
      'RateLimit-User-Limit': String(REQUESTS_A_MINUTE),
      'RateLimit-User-Reset': String(reset),
      'RateLimit-Scope': 'rest',
      'RateLimit-Remaining': String(OF_ORGANIZATION - used),
      'RateLimit-Limit': String(OF_ORGANIZATION),
      'RateLimit-Reset': String(reset),
    };
    return { ok, reset, headers };
  }
}
