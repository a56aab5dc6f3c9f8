import { Failure, toFailure } from '../../model/failure.ts';
import { type Instant, localNow, MINUTE, SECOND } from '../../model/instant.ts';
import type { BuildkiteClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { Histories } from './histories.ts';
import type { Build } from './wire.ts';

/** What all pipelines are at is asked so often at most, whoever wants to know. */
const FRESH_MS = 20 * SECOND;
const BLOCKED_FRESH_MS = MINUTE;
/** After an answer that failed, nobody asks again before. */
const SORE_MS = 5 * SECOND;
/** What finished since the last time is asked from a bit before it: its clocks and ours are not one. */
const OVERLAP_MS = 2 * MINUTE;
/** After so long without looking, too much has finished to ask for. */
const GAP_MS = 30 * MINUTE;
const ACTIVE = ['creating', 'scheduled', 'running', 'failing', 'canceling'];
const ACTIVE_PAGES = 2;
const FINISHED_PAGES = 3;
/** Builds that vanished from all lists are looked at one by one, so many each time. */
const MOST_LOOKED_AT = 4;

type Source = Pick<BuildkiteClient, 'builds' | 'get' | 'now'>;

/**
 * Builds of pipelines, read sparingly: 50 requests a minute are all that one person has
 * (https://buildkite.com/docs/apis/rest-api/rate-limits). A pipeline's past is read once; from then on one question
 * for the whole organisation tells what is under way, one what has finished since, and one, less often, what is
 * blocked.
 */
export class BuildBoard {
  readonly #client: Source;
  readonly #now: () => number;
  readonly #histories: Histories;
  /** On Buildkite's clock; null: nothing was read yet. */
  #upTo: Instant | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  #blockedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | null = null;
  #sore: Failure | null = null;

  /** @param now monotonic milliseconds */
  constructor(client: Source, now: () => number = localNow) {
    this.#client = client;
    this.#now = now;
    this.#histories = new Histories(client, now);
  }

  /** Newest first. */
  async of(pipeline: string, branch: string, signal?: AbortSignal): Promise<readonly Build[]> {
    if (this.#upTo !== null && this.#now() - this.#askedAt > GAP_MS) {
      this.#upTo = null;
      this.#histories.doubtAll();
    }
    if (this.#histories.isKnown(pipeline)) await given(this.#update(), signal);
    else await given(this.#begin(pipeline, branch), signal);
    return this.#histories.of(pipeline);
  }

  async #begin(pipeline: string, branch: string): Promise<void> {
    const begunAt = this.#now();
    await this.#histories.read(pipeline, branch);
    if (this.#upTo !== null) return;
    this.#upTo = this.#client.now() - (this.#now() - begunAt);
    this.#askedAt = begunAt;
    this.#blockedAt = begunAt;
  }

  /** Everybody who wants to know meanwhile gets the same answer. */
  #update(): Promise<void> {
    const since = this.#now() - this.#askedAt;
    if (this.#asking === null && this.#sore !== null && since < SORE_MS) return Promise.reject(this.#sore);
    if (this.#asking === null && this.#sore === null && since < FRESH_MS) return Promise.resolve();
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    const begunAt = this.#now();
    const since = this.#upTo ?? this.#client.now();
    try {
      const active = await this.#client.builds('/builds', ACTIVE.map(state), ACTIVE_PAGES);
      const upTo = this.#client.now() - (this.#now() - begunAt);
      const lookAtBlocked = begunAt - this.#blockedAt >= BLOCKED_FRESH_MS;
      const blocked = lookAtBlocked ? await this.#client.builds('/builds', [state('blocked')], 1) : null;
      const from = new Date(since - OVERLAP_MS).toISOString();
      const finished = await this.#client.builds('/builds', [['finished_from', from]], FINISHED_PAGES);
      // In the order in which they were told: what finished meanwhile is in two of them.
      const told = [...active.items, ...(blocked?.items ?? []), ...finished.items];
      this.#histories.learn(told);
      if (!finished.complete) this.#histories.doubtAll();
      await this.#lookAt(this.#histories.untold(told, lookAtBlocked).slice(0, MOST_LOOKED_AT));
      this.#upTo = upTo;
      this.#sore = null;
      if (lookAtBlocked) this.#blockedAt = begunAt;
    } catch (thrown) {
      this.#sore = toFailure(SYSTEM, thrown);
      throw this.#sore;
    } finally {
      this.#askedAt = begunAt;
    }
  }

  async #lookAt(builds: readonly Build[]): Promise<void> {
    for (const build of builds) await this.#histories.readAgain(build);
  }
}

function state(name: string): readonly [string, string] {
  return ['state[]', name];
}

/** The answer is for others too: whoever gives up leaves alone. */
function given<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer;
  const leave = () => new Failure(SYSTEM, 'aborted', 'The request to Buildkite was given up.');
  return new Promise((resolve, reject) => {
    const stop = () => reject(leave());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
