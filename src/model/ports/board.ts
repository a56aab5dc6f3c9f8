import type { Card } from '../card.ts';

/** A planning board on which work waits to be deployed. */
export interface Board {
  /** The cards in the lane of what is about to go out, over all services, those that wait longest first. */
  coming(signal?: AbortSignal): Promise<readonly Card[]>;
}
