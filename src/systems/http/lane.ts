import { BulkheadRejectedError, bulkhead, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { Failure } from '../../model/failure.ts';
import { type Instant, localNow, MINUTE, SECOND } from '../../model/instant.ts';
import { Budget } from './budget.ts';
import { pause } from './pauses.ts';

/** In a row; more than three requests at once make with their retries, so one reading never ends in it. */
const FAILURES_TO_OPEN = 10;
const FIRST_OPEN_MS = 5 * SECOND;
const LONGEST_OPEN_MS = MINUTE;
const QUEUE = 500;

export interface LaneLimits {
  readonly concurrent: number;
  readonly perMinute: number;
}

/**
 * PagerDuty allows 960 a minute and advises few at a time; Slack 20 a minute and more, by method; New Relic 25 at
 * once of one user, whose browser asks too; GitHub 5,000 an hour; Zendesk 200 a minute and more, of
 * all who ask; Buildkite 50 a minute of one user; Leankit as
 * its headers tell. The others are our own manners.
 */
export const LANE_LIMITS: Readonly<Record<string, LaneLimits>> = {
  newrelic: { concurrent: 5, perMinute: 120 },
  pagerduty: { concurrent: 3, perMinute: 600 },
  slack: { concurrent: 1, perMinute: 40 },
  splunk: { concurrent: 4, perMinute: 1_200 },
  github: { concurrent: 4, perMinute: 80 },
  bamboo: { concurrent: 3, perMinute: 120 },
  zendesk: { concurrent: 2, perMinute: 60 },
  buildkite: { concurrent: 2, perMinute: 28 },
  leankit: { concurrent: 2, perMinute: 60 },
  jenkins: { concurrent: 4, perMinute: 240 },
};
export const DEFAULT_LIMITS: LaneLimits = { concurrent: 6, perMinute: 1_200 };

/** What may be sent to one system: so many at once, so many a minute, nothing while it is broken or asked for peace. */
export class Lane {
  readonly #system: string;
  readonly #queue;
  readonly #breaker;
  readonly #budget: Budget;
  readonly #now: () => Instant;
  #openMs = FIRST_OPEN_MS;
  #cause = '';
  #openUntil: Instant | null = null;
  #quietUntil: Instant | null = null;

  /** `now` must be monotonic. */
  constructor(
    system: string,
    limits: LaneLimits = LANE_LIMITS[system] ?? DEFAULT_LIMITS,
    now: () => Instant = localNow,
  ) {
    this.#system = system;
    this.#now = now;
    this.#queue = bulkhead(limits.concurrent, QUEUE);
    this.#budget = new Budget(limits.perMinute);
    // cockatiel tells the open time by the wall clock, which may be set back: it is always ready to try again,
    // and #refuseWhileOpen keeps it waiting on the monotonic clock.
    this.#breaker = circuitBreaker(handleWhen(isBreakdown), {
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
      halfOpenAfter: Number.NEGATIVE_INFINITY,
    });
    this.#breaker.onBreak(() => {
      // Those who waited for the outcome of a first try were refused, which says nothing new of the system.
      if (this.#openUntil !== null && this.#now() < this.#openUntil) return;
      const jitter = this.#openMs * (0.75 + Math.random() / 2);
      this.#openUntil = Math.round(this.#now() + jitter);
      this.#openMs = Math.min(LONGEST_OPEN_MS, this.#openMs * 2);
    });
    this.#breaker.onReset(() => {
      this.#openUntil = null;
      this.#openMs = FIRST_OPEN_MS;
    });
  }

  /** A read: waits for its turn. `attempt` throws a Failure for whatever went wrong, a 5xx included. */
  async run<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
    this.#refuseWhileQuiet();
    this.#refuseWhileOpen();
    const wait = this.#budget.take();
    if (wait > 0) await pause(wait, signal);
    const turn = this.#queue.execute(() => {
      signal.throwIfAborted();
      this.#refuseWhileQuiet();
      return this.#breaker.execute(() => {
        this.#refuseWhileOpen();
        return attempt().catch((error: unknown) => {
          if (isBreakdown(error)) this.#cause = error.message;
          throw error;
        });
      }, signal);
    }, signal);
    // The queue notices an abort only when the turn comes.
    return Promise.race([turn, rejectOnAbort(signal)]).catch((error) => {
      turn.catch(() => undefined);
      throw this.#explain(error, signal);
    });
  }

  /** After a 429: no reads for so long. Returns when that ends, on this machine's clock. */
  quiet(ms: number): Instant {
    this.#quietUntil = Math.max(this.#quietUntil ?? 0, Math.round(this.#now() + ms));
    return this.#quietUntil;
  }

  /** When reads are let through again; null: now. */
  get retryAt(): Instant | null {
    const until = Math.max(this.#openUntil ?? 0, this.#quietUntil ?? 0);
    return until > this.#now() ? until : null;
  }

  #refuseWhileQuiet(): void {
    if (this.#quietUntil === null || this.#now() >= this.#quietUntil) return;
    throw this.#refusal('rate_limited', this.#quietUntil, `${this.#system} asks for fewer requests:`);
  }

  #refuseWhileOpen(): void {
    if (this.#openUntil === null || this.#now() >= this.#openUntil) return;
    throw this.#refusal('circuit_open', this.#openUntil, `${this.#cause} After several failures in a row`);
  }

  #refusal(code: 'rate_limited' | 'circuit_open', retryAt: Instant, why: string): Failure {
    const seconds = Math.ceil((retryAt - this.#now()) / SECOND);
    return new Failure(this.#system, code, `${why} it is asked again in ${seconds} s.`, { retryAt });
  }

  #explain(error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason;
    if (error instanceof BulkheadRejectedError) {
      return new Failure(
        this.#system,
        'rate_limited',
        `Too many requests to ${this.#system} are waiting already.`,
      );
    }
    return error;
  }
}

/** Failures that say the system is down, in contrast to those that say the request was wrong. */
function isBreakdown(error: unknown): error is Failure {
  return (
    error instanceof Failure &&
    error.code !== 'aborted' &&
    error.code !== 'rate_limited' &&
    error.code !== 'too_large'
  );
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
