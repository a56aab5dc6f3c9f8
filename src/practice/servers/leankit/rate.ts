/** Points a minute of one user; most requests cost one: https://success.planview.com/Planview_AgilePlace/AgilePlace_API/01_v2/01-overview/rate-limiting */
export const POINTS_A_MINUTE = 300;
const WINDOW_MS = 60_000;

/** Counts real time, whatever the speed of the world: a client is limited by what it really sends. */
export class RateLimit {
  #endsAt = 0;
  #used = 0;

  /** `now` is the world's time, in which the headers tell their moments. */
  use(now: number): { readonly ok: boolean; readonly headers: Record<string, string> } {
    const at = performance.now();
    if (this.#endsAt <= at) {
      this.#endsAt = at + WINDOW_MS;
      this.#used = 0;
    }
    const ok = this.#used < POINTS_A_MINUTE;
    if (ok) this.#used++;
    const end = now + (this.#endsAt - at);
    const headers = {
      'X-RateLimit-Limit': String(POINTS_A_MINUTE),
      'X-RateLimit-Remaining': String(POINTS_A_MINUTE - this.#used),
      'X-RateLimit-Reset': String(Math.ceil(end / 1_000)),
    };
    return { ok, headers: ok ? headers : { ...headers, 'Retry-After': new Date(end).toUTCString() } };
  }
}
