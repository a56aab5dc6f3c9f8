/** https://developer.zendesk.com/api-reference/introduction/rate-limits/: of the smallest plan, for the whole account. */
export const REQUESTS_A_MINUTE = 200;
const WINDOW_MS = 60_000;

/** Counts real time, whatever the speed of the world: a client is limited by what it really sends. */
export class RateLimit {
  #endsAt = 0;
  #used = 0;

  use(): { readonly ok: boolean; readonly headers: Record<string, string> } {
    const at = performance.now();
    if (this.#endsAt <= at) {
      this.#endsAt = at + WINDOW_MS;
      this.#used = 0;
    }
    const ok = this.#used < REQUESTS_A_MINUTE;
    if (ok) this.#used++;
    const headers = {
      'X-Rate-Limit': String(REQUESTS_A_MINUTE),
      'X-Rate-Limit-Remaining': String(REQUESTS_A_MINUTE - this.#used),
    };
    const wait = { 'Retry-After': String(Math.ceil((this.#endsAt - at) / 1_000)) };
    return { ok, headers: ok ? headers : { ...headers, ...wait } };
  }
}
