import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../../model/instant.ts';
import type { World } from '../../world/world.ts';
import type { Row } from './event.ts';
import { newProgress, type PreparedSearch, runSearch, type SearchProgress } from './search.ts';

export type DispatchState = 'QUEUED' | 'PARSING' | 'RUNNING' | 'PAUSED' | 'FINALIZING' | 'FAILED' | 'DONE';

/** Real milliseconds, since dispatch, in which a job is queued and parsed; then it runs for at least a little. */
const QUEUED_MS = 10;
const PARSED_MS = 25;
const FASTEST_MS = 60;
const DEFAULT_TTL_S = 600;

export interface JobMessage {
  readonly type: string;
  readonly text: string;
}

/** One search job. Its life is real time, as a client waits for it; its search is in world time. */
export class Job {
  readonly sid: string;
  readonly owner: string;
  readonly search: PreparedSearch;
  readonly request: Readonly<Record<string, string>>;
  readonly createdAt: Instant;
  readonly progress: SearchProgress = newProgress();
  readonly messages: JobMessage[] = [];
  readonly done: Promise<void>;
  ttl = DEFAULT_TTL_S;
  priority = 5;
  #dispatched = performance.now();
  #touched = this.#dispatched;
  #ended: number | null = null;
  #failed = false;
  readonly #autoCancelS: number;

  constructor(job: {
    sid: string;
    owner: string;
    search: PreparedSearch;
    parameters: URLSearchParams;
    world: World;
  }) {
    this.sid = job.sid;
    this.owner = job.owner;
    this.search = job.search;
    this.request = Object.fromEntries(job.parameters);
    this.createdAt = job.world.now();
    this.ttl = Number(job.parameters.get('timeout')) || DEFAULT_TTL_S;
    this.#autoCancelS = Number(job.parameters.get('auto_cancel')) || Infinity;
    this.done = this.#run(job.world, Number(job.parameters.get('max_time')) || Infinity);
  }

  get state(): DispatchState {
    if (this.#failed) return 'FAILED';
    if (this.#ended !== null) return 'DONE';
    const age = performance.now() - this.#dispatched;
    if (age < QUEUED_MS) return 'QUEUED';
    if (age < PARSED_MS) return 'PARSING';
    if (this.progress.finalized) return 'FINALIZING';
    return this.progress.paused ? 'PAUSED' : 'RUNNING';
  }

  get isDone(): boolean {
    return this.#ended !== null;
  }

  /** Rows that it tells of by now. */
  get preview(): readonly Row[] {
    return this.isDone || this.progress.previews ? this.progress.preview() : [];
  }

  /** Counts against the quota of concurrent searches. */
  get isActive(): boolean {
    return this.#ended === null && !this.progress.paused;
  }

  /** Real seconds. */
  get runDuration(): number {
    return ((this.#ended ?? performance.now()) - this.#dispatched) / 1000;
  }

  get expired(): boolean {
    const idle = (performance.now() - this.#touched) / 1000;
    return idle > (this.#ended === null ? this.#autoCancelS : Math.min(this.ttl, this.#autoCancelS));
  }

  touch(): void {
    this.#touched = performance.now();
  }

  stop(): void {
    this.progress.finalized = true;
  }

  async #run(world: World, maxTimeS: number): Promise<void> {
    await sleep(PARSED_MS);
    const limit = Number.isFinite(maxTimeS) ? setTimeout(() => this.stop(), maxTimeS * 1000) : undefined;
    try {
      await runSearch(this.search, this.progress, world);
      while (this.progress.paused && !this.progress.finalized) await sleep(20, undefined, { ref: false });
    } catch (error) {
      this.#failed = true;
      this.messages.push({ type: 'FATAL', text: error instanceof Error ? error.message : String(error) });
    } finally {
      clearTimeout(limit);
    }
    await sleep(Math.max(0, FASTEST_MS - (performance.now() - this.#dispatched)));
    this.#ended = performance.now();
  }
}
