import { type Instant, localNow, SECOND } from '../../model/instant.ts';

/** A system's own clock, learned from the `Date` header of its answers (whole seconds, rounded down). */
export class ServerClock {
  #offset: number | null = null;

  /** `receivedAt` is this machine's clock at the moment the headers came. */
  learn(date: string | undefined, receivedAt: Instant = localNow()): void {
    const at = date === undefined ? Number.NaN : Date.parse(date);
    if (Number.isNaN(at)) return;
    const offset = at - receivedAt;
    // Within the header's second the largest offset seen is the closest: the others were rounded down by more.
    const same = this.#offset !== null && Math.abs(offset - this.#offset) <= SECOND;
    this.#offset = same ? Math.max(offset, this.#offset ?? offset) : offset;
  }

  now(): Instant {
    return Math.round(localNow() + (this.#offset ?? 0));
  }
}
