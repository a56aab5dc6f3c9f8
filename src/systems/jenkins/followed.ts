import type { DeployOrder, PipelineRun } from '../../model/ports/index.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import type { Builds } from './builds.ts';
import type { JenkinsClient } from './client.ts';
import { toWaitingStep } from './inputs.ts';
import type { Job } from './job.ts';
import { LogTail } from './log-tail.ts';
import { stateOfBuild, stateOfStatus, waitsSince } from './stages.ts';
import {
  BUILD_TREE,
  buildSchema,
  parameterOf,
  QUEUE_TREE,
  type QueueItem,
  queueAnswer,
  queueItemSchema,
  type Run,
} from './wire.ts';

const BUILDS_LOOKED_AT = 20;

type Progress = Pick<PipelineRun, 'state' | 'at'>;

/** What became of one build that was started from here. */
export class Followed {
  readonly #client: JenkinsClient;
  readonly #builds: Builds;
  readonly #log = new LogTail();
  #item: number | null;
  #number: number | null = null;

  /** @param item its item in the queue, where that is known */
  constructor(client: JenkinsClient, builds: Builds, item: number | null) {
    this.#client = client;
    this.#builds = builds;
    this.#item = item;
  }

  /** The queue is read before the builds: what leaves it in between is a build then. */
  async run(job: Job, order: DeployOrder, signal?: AbortSignal): Promise<PipelineRun | null> {
    if (this.#number === null) {
      const queued = await this.#queued(job, order, signal);
      this.#item = queued?.id ?? this.#item;
      if (queued?.executable?.number != null) this.#number = queued.executable.number;
      else if (queued?.cancelled === true) return waitingInQueue('cancelled', queued);
      else if (queued !== null) return waitingInQueue('queued', queued);
      this.#number ??= await this.#started(job, order, signal);
    }
    return this.#number === null ? null : this.#build(job, this.#number, signal);
  }

  /** Jenkins forgets an item some minutes after it left the queue. */
  async #queued(job: Job, { intent }: DeployOrder, signal?: AbortSignal): Promise<QueueItem | null> {
    if (this.#item !== null) {
      const path = `/queue/item/${this.#item}/api/json?tree=${encodeURIComponent(QUEUE_TREE)}`;
      return this.#client.find('an item of the queue', queueItemSchema, path, signal);
    }
    const path = `/queue/api/json?tree=${encodeURIComponent(`items[${QUEUE_TREE}]`)}`;
    const { items } = await this.#client.read('the queue', queueAnswer, path, signal);
    return items.find((item) => item !== null && parameterOf(item, job.parameters.intent) === intent) ?? null;
  }

  /** The oldest that carries the intent: a build that is run again has the parameters of the first. */
  async #started(job: Job, { intent }: DeployOrder, signal?: AbortSignal): Promise<number | null> {
    const newest = await this.#builds.newest(job, BUILDS_LOOKED_AT, signal);
    const own = newest.filter((build) => parameterOf(build, job.parameters.intent) === intent);
    return own.reduce<number | null>((oldest, { number }) => Math.min(oldest ?? number, number), null);
  }

  async #build(job: Job, build: number, signal?: AbortSignal): Promise<PipelineRun> {
    const path = `${job.path}/${build}`;
    const run = await this.#builds.describe(job.path, build, signal);
    const progress = await this.#progress(path, build, run, signal);
    const inputs = progress.state === 'waiting' ? await this.#builds.inputs(job.path, build, signal) : null;
    const [pending] = inputs ?? [];
    const since = run === null ? null : waitsSince(run);
    return {
      ...progress,
      reference: safeText(`#${build}`),
      url: safeText(`${this.#client.base}${path}/`),
      waiting:
        pending === undefined
          ? null
          : toWaitingStep(this.#client.base, { job: job.name, build }, pending, since),
      output: await this.#log.read(this.#client, path, signal),
    };
  }

  /** By its stages; where they do not tell (no pipeline, one that broke before it began), by the build's own result. */
  async #progress(path: string, build: number, run: Run | null, signal?: AbortSignal): Promise<Progress> {
    const told = run === null ? null : stateOfStatus(run.status);
    if (run !== null && told !== null) return { state: told, at: stageAt(run, told) };
    const tree = encodeURIComponent(BUILD_TREE);
    const what = `build #${build}`;
    const own = await this.#client.read(what, buildSchema, `${path}/api/json?tree=${tree}`, signal);
    const state = stateOfBuild(own);
    return { state: state ?? 'running', at: own.building ? (run?.status ?? null) : (own.result ?? null) };
  }
}

function waitingInQueue(state: 'queued' | 'cancelled', { why }: QueueItem): PipelineRun {
  return { state, at: why ?? null, reference: null, url: null, waiting: null, output: [] };
}

/** The stage that it is in, or that it failed in. */
function stageAt(run: Run, state: PipelineRun['state']): SafeText | null {
  const at = run.stages.findLast(({ status }) => stateOfStatus(status) === state) ?? run.stages.at(-1);
  return at?.name ?? null;
}
