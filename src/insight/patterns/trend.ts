import { type Instant, SECOND } from '../../model/instant.ts';

/** How long one count of a trend lasts. */
export const TREND_STEP_MS = 10 * SECOND;
/** Counts kept: those of the newest half hour. */
export const TREND_STEPS = 180;

/** How many there were in each step of the newest half hour, by the time of the lines: bounded, whatever comes. */
export class Trend {
  readonly #counts = new Uint32Array(TREND_STEPS);
  /** Number of the newest step, counted from 1970. */
  #newest = 0;

  add(at: Instant, count = 1): void {
    const step = stepOf(at);
    if (step > this.#newest) this.#forward(step);
    if (step <= this.#newest - TREND_STEPS) return;
    const slot = step % TREND_STEPS;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + count;
  }

  addAll(other: Trend): void {
    for (let step = other.#newest - TREND_STEPS + 1; step <= other.#newest; step++) {
      const count = other.#counts[step % TREND_STEPS] ?? 0;
      if (count > 0) this.add(step * TREND_STEP_MS, count);
    }
  }

  /** How many there were from the step of `from` to before that of `to`; what is not kept any more counts as none. */
  between(from: Instant, to: Instant): number {
    let sum = 0;
    const last = Math.min(stepOf(to) - 1, this.#newest);
    const first = Math.max(stepOf(from), this.#newest - TREND_STEPS + 1);
    for (let step = first; step <= last; step++) sum += this.#counts[step % TREND_STEPS] ?? 0;
    return sum;
  }

  /** The last `steps` counts up to the step of `end`, oldest first. */
  counts(end: Instant, steps: number): number[] {
    const last = stepOf(end);
    return Array.from({ length: steps }, (_, index) => {
      const at = (last - steps + 1 + index) * TREND_STEP_MS;
      return this.between(at, at + TREND_STEP_MS);
    });
  }

  #forward(step: number): void {
    const passed = Math.min(TREND_STEPS, step - this.#newest);
    for (let index = 0; index < passed; index++) this.#counts[(step - index) % TREND_STEPS] = 0;
    this.#newest = step;
  }
}

function stepOf(at: Instant): number {
  return Math.floor(at / TREND_STEP_MS);
}
