import type { Failure } from '../../model/failure.ts';
import { localNow } from '../../model/instant.ts';
import type { TransportResponse } from './transport.ts';

/** What one attempt at a read came to. */
export type ReadOutcome =
  | { readonly kind: 'answer'; readonly answer: TransportResponse }
  | {
      readonly kind: 'again';
      readonly failure: Failure;
      readonly answer: TransportResponse | null;
      /** As long as the system asked for; null: as it suits. */
      readonly waitMs: number | null;
    };

export function untilRetry(failure: Failure): number | null {
  const { retryAt } = failure.details;
  return retryAt === undefined ? null : Math.max(0, retryAt - localNow());
}
