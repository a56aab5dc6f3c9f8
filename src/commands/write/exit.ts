import type { Outcome } from '../../actions/types.ts';

/** Not confirmed: nothing was sent. */
export const NOT_CONFIRMED = 5;
/** A check, or the state of the world, stood in the way: nothing was sent. */
export const REFUSED = 4;
/** It could not be done; of a system that does not answer before the send, too. */
export const FAILED = 1;

/** Exit codes of everything that writes. */
export const EXIT: Readonly<Record<Outcome['state'], number>> = {
  confirmed: 0,
  failed: FAILED,
  unknown: 3,
  refused: REFUSED,
};
