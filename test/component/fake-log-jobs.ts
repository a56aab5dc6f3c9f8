import { Failure } from '../../src/model/failure.ts';
import type {
  CheckedSearch,
  JobStep,
  LogJob,
  LogJobs,
  SavedSearch,
  SearchTime,
} from '../../src/model/ports/index.ts';

/** A log system that finds what the test says, step by step, and remembers what was asked of it. */
export class FakeLogJobs implements LogJobs {
  /** Why it takes no search; null: it takes all. */
  refusal: string | null = null;
  list: readonly SavedSearch[] = [];
  readonly jobs: FakeLogJob[] = [];

  textOf = () => 'search index=app service=charge-central';

  async check(text: string): Promise<CheckedSearch> {
    if (this.refusal !== null) throw new Failure('splunk', 'invalid', this.refusal);
    return { text, transforms: text.includes('| stats') };
  }

  async begin({ text }: CheckedSearch, time: SearchTime): Promise<LogJob> {
    const job = new FakeLogJob(text, time);
    this.jobs.push(job);
    return job;
  }

  async saved(): Promise<readonly SavedSearch[]> {
    return this.list;
  }
}

export class FakeLogJob implements LogJob {
  readonly text: string;
  readonly time: SearchTime;
  /** What was done to it, in order. */
  readonly told: string[] = [];
  readonly #steps: (JobStep | Failure)[] = [];
  #wake: () => void = () => undefined;

  constructor(text: string, time: SearchTime) {
    this.text = text;
    this.time = time;
  }

  step(step: JobStep | Failure): void {
    this.#steps.push(step);
    this.#wake();
  }

  async *steps(signal: AbortSignal): AsyncGenerator<JobStep, void, void> {
    try {
      while (!signal.aborted) {
        const step = this.#steps.shift();
        if (step instanceof Failure) throw step;
        if (step !== undefined) yield step;
        if (step?.state === 'ended') return;
        if (step === undefined) await this.#next(signal);
      }
    } finally {
      await this.cancel();
    }
  }

  pause = async () => void this.told.push('pause');
  resume = async () => void this.told.push('resume');
  finish = async () => void this.told.push('finish');
  cancel = async () => void this.told.push('cancel');

  #next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
