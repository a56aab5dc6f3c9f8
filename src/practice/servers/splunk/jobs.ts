import type { World } from '../../world/world.ts';
import { Job } from './job.ts';
import { Refusal } from './refusal.ts';
import { prepare } from './search.ts';
import { parsePipeline } from './spl/pipeline.ts';

/** Searches that may run at once on this instance. */
export const CONCURRENCY_LIMIT = 10;
const MAX_JOBS = 300;

/** The jobs of one splunkd; finished ones are forgotten after their time to live. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();
  #dispatched = 0;

  /** Throws the `Refusal` for bad SPL, a bad time, or too many searches at once. */
  create(parameters: URLSearchParams, owner: string, world: World): Job {
    const search = prepare(parsePipeline(parameters.get('search') ?? ''), parameters, world.now());
    this.#forget();
    const running = [...this.#jobs.values()].filter((job) => job.isActive).length;
    if (running >= CONCURRENCY_LIMIT) {
      // The text as splunkd writes it: https://github.com/dmuth/SeptaStats/issues/27
      throw new Refusal(
        503,
        'FATAL',
        `Search not executed: The maximum number of concurrent historical searches on this instance has been reached., concurrency_category="historical", concurrency_context="instance-wide", current_concurrency=${running}, concurrency_limit=${CONCURRENCY_LIMIT}`,
      );
    }
    this.#dispatched++;
    const sid = parameters.get('id') ?? `${Math.floor(world.now() / 1000)}.${this.#dispatched}`;
    const job = new Job({ sid, owner, search, parameters, world });
    this.#jobs.set(sid, job);
    return job;
  }

  get(sid: string): Job {
    this.#forget();
    const job = this.#jobs.get(sid);
    if (job === undefined) throw new Refusal(404, 'FATAL', 'Unknown sid.');
    job.touch();
    return job;
  }

  list(): Job[] {
    this.#forget();
    return [...this.#jobs.values()].reverse();
  }

  remove(job: Job): void {
    job.stop();
    this.#jobs.delete(job.sid);
  }

  #forget(): void {
    for (const job of this.#jobs.values()) if (job.expired) this.remove(job);
    for (const job of this.#jobs.values()) {
      if (this.#jobs.size <= MAX_JOBS) break;
      if (job.isDone) this.remove(job);
    }
  }
}
