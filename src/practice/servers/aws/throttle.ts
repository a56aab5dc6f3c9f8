/** AWS's request limits are token buckets: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html */
export interface ThrottleOptions {
  readonly burst: number;
  readonly perSecond: number;
  /** Real monotonic milliseconds: the limit protects the server, not the world. */
  readonly monotonic?: () => number;
}

/** Far above what a cockpit needs that batches its calls; a loop that forgets to wait meets it. */
export const GENEROUS: ThrottleOptions = { burst: 300, perSecond: 100 };

/** Takes one token; false: the account has none left. */
export function tokenBucket({ burst, perSecond, monotonic }: ThrottleOptions): () => boolean {
  const clock = monotonic ?? (() => performance.now());
  let tokens = burst;
  let filledAt = clock();
  return () => {
    const now = clock();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
