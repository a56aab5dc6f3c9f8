import { type Instant, SECOND } from '../../model/instant.ts';
import type { Row } from './log-line.ts';

/** Events of one index second. */
interface Second {
  /** What was shown of it: `_cd` by `_bkt`; null: too long ago to be kept, only their number is. */
  ids: Map<string, Set<string>> | null;
  count: number;
  /** Events that it has besides, and that were told as not shown. */
  leftOut: number;
  /** Time of the oldest event of `ids`. */
  oldest: Instant;
}

/** How many events Splunk has of each index second. */
export type Counts = ReadonlyMap<Instant, number>;

/** Index time, whole seconds, half open. */
export interface IndexWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/** Events that exist and were not shown, and where they lie. */
export interface LeftOut {
  readonly count: number;
  /** null: none is left out. */
  readonly window: IndexWindow | null;
}

/**
 * Which events were shown, by the second they were indexed in: an event that is read twice is shown once, and a
 * second that has more events than were shown is known by its number alone, without reading it again.
 */
export class Shown {
  readonly #seconds = new Map<Instant, Second>();
  readonly #most: number;

  /** Identities of about so many events are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** True the first time; false too for an event without an identity, and where that is no longer known. */
  add(row: Row): boolean {
    const at = Number(row._indextime) * SECOND;
    if (!row._cd || Number.isNaN(at)) return false;
    const second = this.#seconds.get(at) ?? { ids: new Map(), count: 0, leftOut: 0, oldest: Infinity };
    this.#seconds.set(at, second);
    if (second.ids === null) return false;
    const bucket = row._bkt ?? '';
    const ids = second.ids.get(bucket) ?? new Set();
    second.ids.set(bucket, ids);
    if (ids.has(row._cd)) return false;
    ids.add(row._cd);
    second.count += 1;
    second.oldest = Math.min(second.oldest, Date.parse(row._time ?? ''));
    return true;
  }

  /** Events known of a window. */
  known({ from, to }: IndexWindow): number {
    let known = 0;
    for (const [at, { count, leftOut }] of this.#seconds) if (at >= from && at < to) known += count + leftOut;
    return known;
  }

  /** Seconds of which events may be missing here; `earliest`: how old the counted ones may be. */
  lacking(counts: Counts, earliest: Instant): Instant[] {
    return [...counts.keys()].filter((at) => {
      const second = this.#seconds.get(at);
      if (second === undefined) return true;
      if (second.ids === null) return false;
      // Where events that were shown are too old to be counted, the numbers do not compare.
      return (counts.get(at) ?? 0) > second.count + second.leftOut || second.oldest < earliest;
    });
  }

  /** After the reading: what these seconds have, and was neither shown nor told as left out before. */
  leaveOut(counts: Counts): LeftOut {
    let all = 0;
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    for (const [at, count] of counts) {
      const second = this.#seconds.get(at) ?? { ids: new Map(), count: 0, leftOut: 0, oldest: Infinity };
      this.#seconds.set(at, second);
      const leftOut = Math.max(0, count - second.count);
      if (leftOut > second.leftOut) {
        all += leftOut - second.leftOut;
        from = Math.min(from, at);
        to = Math.max(to, at + SECOND);
      }
      second.leftOut = leftOut;
    }
    return { count: all, window: all === 0 ? null : { from, to } };
  }

  /** All events of a window were read. */
  whole({ from, to }: IndexWindow): void {
    for (const [at, second] of this.#seconds) if (at >= from && at < to) second.leftOut = 0;
  }

  /** Nothing before this second is read again. */
  forget(before: Instant): void {
    for (const at of this.#seconds.keys()) if (at < before) this.#seconds.delete(at);
    let kept = 0;
    for (const at of [...this.#seconds.keys()].sort((one, other) => other - one)) {
      const second = this.#seconds.get(at);
      if (second === undefined || second.ids === null) continue;
      kept += second.count;
      if (kept > this.#most) second.ids = null;
    }
  }
}
