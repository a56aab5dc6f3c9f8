import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';

/** How one outside system answers, as its transport saw it. Times are on this machine's clock. */
export interface SystemHealth {
  readonly name: string;
  /** null: not asked yet. */
  readonly ok: boolean | null;
  readonly lastOkAt: Instant | null;
  readonly error: Failure | null;
  /** When it may be asked again after a failure (breaker, rate limit). */
  readonly retryAt: Instant | null;
}
