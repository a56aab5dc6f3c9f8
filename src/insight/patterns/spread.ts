import { type Instant, SECOND } from '../../model/instant.ts';

const BUCKETS = 32;

/** How many there were over the whole of their time, however long that is: in at most 32 buckets that grow with it. */
export class Spread {
  #counts = new Uint32Array(BUCKETS);
  #width: number = SECOND;
  /** Number of the first bucket, counted from 1970; NaN: nothing was added. */
  #first = Number.NaN;
  #last = Number.NaN;

  add(at: Instant, count = 1): void {
    let bucket = Math.floor(at / this.#width);
    if (!(bucket >= this.#first && bucket < this.#first + BUCKETS)) {
      this.#reach(bucket);
      bucket = Math.floor(at / this.#width);
    }
    if (bucket > this.#last) this.#last = bucket;
    const slot = bucket - this.#first;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + count;
  }

  addAll(other: Spread): void {
    for (let slot = 0; slot < BUCKETS; slot++) {
      const count = other.#counts[slot] ?? 0;
      if (count > 0) this.add((other.#first + slot + 0.5) * other.#width, count);
    }
  }

  /** Counts of equal steps between two moments that all lie between, oldest first; a bucket is shared out evenly. */
  counts(from: Instant, to: Instant, steps: number): number[] {
    const until = Array.from({ length: steps + 1 }, (_, index) =>
      Math.round(this.#before(from + ((to - from) * index) / steps, from, to)),
    );
    return Array.from({ length: steps }, (_, index) => (until[index + 1] ?? 0) - (until[index] ?? 0));
  }

  #before(at: Instant, from: Instant, to: Instant): number {
    let sum = 0;
    this.#counts.forEach((count, slot) => {
      if (count === 0) return;
      const start = Math.max(from, (this.#first + slot) * this.#width);
      const end = Math.min(to, (this.#first + slot + 1) * this.#width);
      sum += end <= at ? count : start >= at ? 0 : (count * (at - start)) / (end - start);
    });
    return sum;
  }

  /** Makes the buckets so wide that they reach to that one too. */
  #reach(bucket: number): void {
    if (Number.isNaN(this.#first)) {
      [this.#first, this.#last] = [bucket, bucket];
      return;
    }
    let [low, high, factor] = [Math.min(this.#first, bucket), Math.max(this.#last, bucket), 1];
    while (Math.floor(high / factor) - Math.floor(low / factor) >= BUCKETS) factor *= 2;
    [low, high] = [Math.floor(low / factor), Math.floor(high / factor)];
    const counts = new Uint32Array(BUCKETS);
    this.#counts.forEach((count, slot) => {
      const at = Math.floor((this.#first + slot) / factor) - low;
      if (count > 0) counts[at] = (counts[at] ?? 0) + count;
    });
    this.#counts = counts;
    this.#width *= factor;
    [this.#first, this.#last] = [low, Math.floor(this.#last / factor)];
  }
}
