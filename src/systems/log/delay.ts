import { type Instant, SECOND } from '../../model/instant.ts';
import type { LogLine } from '../../model/log-line.ts';

const REMEMBERED = 1_000;
/** So many in a hundred are quicker. */
const MOST = 0.95;

/** How long lines take from their own time until they are indexed, as most of the latest ones did. */
export class Delay {
  readonly #ms: number[] = [];
  #next = 0;

  /** Index times are whole seconds, rounded down: a line may have taken up to one more. */
  add({ at, indexedAt }: Pick<LogLine, 'at' | 'indexedAt'>): void {
    this.#ms[this.#next] = Math.max(0, indexedAt + SECOND - at);
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  /** Of a moment on index time, the one on the lines' own. */
  before(indexed: Instant): Instant {
    const sorted = this.#ms.toSorted((one, other) => one - other);
    return indexed - (sorted[Math.ceil(sorted.length * MOST) - 1] ?? 0);
  }
}
