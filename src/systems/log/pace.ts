import type { Failure } from '../../model/failure.ts';
import { type Instant, SECOND } from '../../model/instant.ts';

/** How long to wait before the next step: quiet services and slow searches are asked less often, 2 to 30 s. */
export class Pace {
  static readonly SHORTEST_MS = 2 * SECOND;
  static readonly LONGEST_MS = 30 * SECOND;
  static readonly QUIET_MS = 10 * SECOND;
  /** A search may take this share of the time. */
  static readonly SHARE = 1 / 5;
  #quietMs = Pace.SHORTEST_MS;
  #troubleMs = Pace.SHORTEST_MS;

  /** After a step that brought so many lines and took so long. */
  after(lines: number, tookMs: number): number {
    this.#troubleMs = Pace.SHORTEST_MS;
    this.#quietMs = lines > 0 ? Pace.SHORTEST_MS : Math.min(Pace.QUIET_MS, this.#quietMs * 1.25);
    return Math.min(Pace.LONGEST_MS, Math.max(this.#quietMs, tookMs / Pace.SHARE - tookMs));
  }

  /** After a failure: twice as long each time, half of it random; as long as the system asked for, capped. */
  afterTrouble(failure: Failure, now: Instant, random: () => number = Math.random): number {
    const base = this.#troubleMs;
    this.#troubleMs = Math.min(Pace.LONGEST_MS, base * 2);
    const asked = failure.details.retryAt === undefined ? 0 : failure.details.retryAt - now;
    return Math.round(Math.max(base / 2 + (random() * base) / 2, Math.min(asked, 10 * Pace.LONGEST_MS)));
  }
}
