import type { Failure } from '../../model/failure.ts';
import { type Instant, localNow, MINUTE } from '../../model/instant.ts';
import { ownText, type SafeText } from '../../model/safe-text.ts';

export interface Refusal {
  readonly why: SafeText;
  /** When it makes sense to try again, on this machine's clock. */
  readonly until: Instant;
}

const KEEP_MS = 10 * MINUTE;
/** Somebody else's session has to end first. */
const KEEP_LIMIT_MS = 5 * MINUTE;

/** Which log groups cannot be followed through Live Tail, so that not every look at one asks again. */
export class Refusals {
  readonly #known = new Map<string, Refusal>();

  of(group: string): Refusal | null {
    const refusal = this.#known.get(group);
    if (refusal !== undefined && refusal.until > localNow()) return refusal;
    this.#known.delete(group);
    return null;
  }

  /** Kept where the failure is a refusal that lasts; anything else passes. */
  learn(group: string, failure: Failure): void {
    if (failure.code !== 'forbidden' && failure.code !== 'rate_limited' && failure.code !== 'invalid') return;
    const keepMs = failure.code === 'rate_limited' ? KEEP_LIMIT_MS : KEEP_MS;
    this.#known.set(group, { why: whyPolled(failure), until: localNow() + keepMs });
  }
}

/** After `polled`: why there is no live tail now. */
export function whyPolled({ code }: Failure): SafeText {
  switch (code) {
    case 'forbidden':
      return ownText('live tail not permitted');
    case 'rate_limited':
      return ownText('too many live tails');
    case 'invalid':
    case 'not_found':
      return ownText('no live tail of this log group');
    default:
      return ownText('live tail broke off');
  }
}
