import { Failure } from '../../model/failure.ts';
import { SECOND } from '../../model/instant.ts';
import type { JobFound, JobStep, LogJob } from '../../model/ports/log-jobs.ts';
import { decode } from '../http/decode.ts';
import { Bell } from '../log/bell.ts';
import type { SplunkClient } from './client.ts';
import { SYSTEM, saidFailure } from './failure.ts';
import { type FoundDeps, foundOf } from './found.ts';
import { allRows, cancelJob, type Status, shortcoming, statusSchema } from './job.ts';
import { type Job, jobOf } from './sdk.ts';

/** Rows that are read of a search that has ended, and of one on its way, again and again. */
const MAX_ROWS = 2_000;
const MAX_PREVIEW = 500;
/** Rows that Splunk keeps of it: up to here it tells how many more there are. */
export const MAX_KEPT = 10_000;
const FIRST_LOOK_MS = 100;
const LONGEST_LOOK_MS = SECOND / 2;
const PAUSED_LOOK_MS = 5 * SECOND;
/** Splunk gives a search up that nobody has touched for so long (`auto_cancel`). */
export const UNTOUCHED_S = 60;
const TOUCH_MS = 15 * SECOND;

const CONTROLS = {
  pause: (job: Job) => job.pause(),
  unpause: (job: Job) => job.unpause(),
  finalize: (job: Job) => job.finalize(),
};

interface HandJobDeps extends FoundDeps {
  readonly client: SplunkClient;
}

/** A search that a person watches: it may take as long as it needs, rest, and be ended early. */
export class HandJob implements LogJob {
  readonly #deps: HandJobDeps;
  readonly #bell = new Bell();
  #found: JobFound;
  /** What Splunk had counted when `#found` was read. */
  #read = '';
  #untouchedMs = 0;
  #isFinished = false;
  #isGone = false;

  constructor(deps: HandJobDeps) {
    this.#deps = deps;
    this.#found = foundOf(deps, { rows: [], fields: [] }, 0);
  }

  async *steps(signal: AbortSignal): AsyncGenerator<JobStep, void, void> {
    try {
      for (let wait = FIRST_LOOK_MS; !this.#isOver(signal); wait = Math.min(LONGEST_LOOK_MS, wait * 2)) {
        const step = await this.#look(signal);
        if (step === null) return;
        // Nothing is left behind, even where nobody asks for a step after the last one.
        if (step.state === 'ended') await this.cancel();
        yield step;
        if (step.state === 'ended') return;
        const rest = step.state === 'paused' ? PAUSED_LOOK_MS : wait;
        this.#untouchedMs += rest;
        await this.#bell.heard(signal, rest);
      }
    } finally {
      await this.cancel();
    }
  }

  pause(): Promise<void> {
    return this.#control('pause');
  }

  resume(): Promise<void> {
    return this.#control('unpause');
  }

  async finish(): Promise<void> {
    this.#isFinished = true;
    // It is told nowhere that a search ends while it rests.
    await this.#control('unpause');
    await this.#control('finalize');
  }

  async cancel(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#bell.ring();
    await cancelJob(this.#deps.client, this.#deps.sid);
  }

  #isOver(signal: AbortSignal): boolean {
    return signal.aborted || this.#isGone;
  }

  async #control(action: keyof typeof CONTROLS): Promise<void> {
    if (this.#isGone) return;
    const { client, sid } = this.#deps;
    try {
      await client.call(async (service) => CONTROLS[action](await jobOf(service, sid)));
    } catch (thrown) {
      if (!this.#isGone) throw expired(thrown);
    }
    this.#bell.ring();
  }

  /** null: it was cancelled meanwhile, or nobody wants to know any more. */
  async #look(signal: AbortSignal): Promise<JobStep | null> {
    const { client, sid } = this.#deps;
    try {
      return await client.call(async (service) => {
        const job = await service.getJob(sid);
        if (this.#untouchedMs >= TOUCH_MS) {
          await job.touch();
          this.#untouchedMs = 0;
        }
        return this.#step(job, decode(SYSTEM, 'a job', statusSchema, job.properties()));
      }, signal);
    } catch (thrown) {
      if (this.#isOver(signal)) return null;
      throw expired(thrown);
    }
  }

  async #step(job: Job, status: Status): Promise<JobStep> {
    const redact = (text: string) => this.#deps.client.redact(text);
    if (status.isFailed || status.dispatchState === 'FAILED') throw saidFailure(status.messages, redact);
    const state = stateOf(status);
    const counts = {
      progress: Math.min(1, status.doneProgress),
      events: status.eventCount,
      scanned: status.scanCount,
    };
    if (state !== 'ended') {
      if (state !== 'queued') await this.#preview(job, status);
      return { state, ...counts, found: this.#found, incomplete: null };
    }
    const read = await allRows(job, 'results', Math.min(status.resultCount, MAX_ROWS));
    const incomplete =
      this.#isFinished && status.isFinalized && !warns(status)
        ? new Failure(
            SYSTEM,
            'aborted',
            'The search was ended early, by hand: what it had found until then is shown.',
          )
        : shortcoming(status, read.rows.length, MAX_ROWS, redact);
    return {
      state,
      ...counts,
      progress: 1,
      found: foundOf(this.#deps, read, totalOf(status.resultCount, status)),
      incomplete,
    };
  }

  /** Reads again only what may have changed: of lines, which are found newest first, the first page is enough. */
  async #preview(job: Job, status: Status): Promise<void> {
    const { resultPreviewCount, eventCount, scanCount } = status;
    const counted = `${resultPreviewCount} ${eventCount} ${scanCount}`;
    if (counted === this.#read) return;
    this.#read = counted;
    const there = this.#deps.transforms || resultPreviewCount > 0 ? resultPreviewCount : eventCount;
    const total = totalOf(there, status);
    if (this.#found.kind === 'lines' && this.#found.lines.length >= MAX_PREVIEW) {
      this.#found = { ...this.#found, more: total - this.#found.lines.length };
      return;
    }
    const read = await allRows(job, 'preview', Math.min(there, MAX_PREVIEW));
    if (read.rows.length > 0) this.#found = foundOf(this.#deps, read, total);
  }
}

function stateOf({ dispatchState, isDone, isPaused }: Status): JobStep['state'] {
  if (isDone || dispatchState === 'DONE') return 'ended';
  if (dispatchState === 'QUEUED' || dispatchState === 'PARSING') return 'queued';
  return isPaused || dispatchState === 'PAUSED' ? 'paused' : 'running';
}

function warns({ messages }: Status): boolean {
  return messages.some(({ type }) => /^(WARN|ERROR|FATAL)/i.test(type));
}

/** Beyond what Splunk keeps only the count of events tells how many rows there would be. */
function totalOf(rows: number, { eventCount }: Status): number {
  return rows >= MAX_KEPT ? Math.max(rows, eventCount) : rows;
}

function expired(thrown: unknown): unknown {
  if (!(thrown instanceof Failure) || thrown.code !== 'not_found') return thrown;
  const text = 'Splunk no longer has this search: it expired, or was deleted there. Run it again.';
  return new Failure(SYSTEM, 'not_found', text, thrown.details);
}
