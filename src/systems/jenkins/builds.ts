import type { JenkinsClient } from './client.ts';
import type { ToldBuild } from './deploy-of.ts';
import type { Job } from './job.ts';
import {
  BUILD_TREE,
  type Build,
  buildsAnswer,
  inputsAnswer,
  type Run,
  runSchema,
  runsAnswer,
} from './wire.ts';

/** `wfapi/runs` has no pages: it gives the newest 10 or 11 (JobExt.MAX_RUNS_PER_JOB). */
const A_LIST_OF_RUNS = 10;
/** Jenkins reads what is older from its disk. */
const REMEMBERED = 2_000;

/** Builds of jobs; the stages of one that is over are read once. */
export class Builds {
  readonly #client: JenkinsClient;
  /** By the build's path; null: it is no pipeline. */
  readonly #over = new Map<string, Run | null>();

  constructor(client: JenkinsClient) {
    this.#client = client;
  }

  /** Newest first. */
  async newest({ name, path }: Job, most: number, signal?: AbortSignal): Promise<readonly Build[]> {
    const tree = encodeURIComponent(`builds[${BUILD_TREE}]{0,${most}}`);
    const what = `the builds of ${name}`;
    return (await this.#client.read(what, buildsAnswer, `${path}/api/json?tree=${tree}`, signal)).builds;
  }

  /** The same builds with their stages, as many as are wanted of them, newest first. */
  async *told(job: Job, builds: readonly Build[], signal?: AbortSignal): AsyncGenerator<ToldBuild> {
    const several = builds
      .slice(0, A_LIST_OF_RUNS)
      .filter(({ number }) => !this.#over.has(`${job.path}/${number}`));
    const listed = several.length > 1 ? await this.#runs(job, signal) : new Map<number, Run>();
    for (const build of builds) {
      const run = await this.#run(job, build, listed, signal);
      const isPaused = build.building && run?.status === 'PAUSED_PENDING_INPUT';
      const inputs = isPaused ? await this.inputs(job.path, build.number, signal) : null;
      yield { build, run, inputs: inputs ?? [] };
    }
  }

  describe(path: string, build: number, signal?: AbortSignal): Promise<Run | null> {
    return this.#client.find(`build #${build}`, runSchema, `${path}/${build}/wfapi/describe`, signal);
  }

  /** What a build waits for; null: there is no such build. */
  inputs(path: string, build: number, signal?: AbortSignal) {
    const what = `what build #${build} waits for`;
    return this.#client.find(what, inputsAnswer, `${path}/${build}/wfapi/pendingInputActions`, signal);
  }

  async #runs({ name, path }: Job, signal?: AbortSignal): Promise<ReadonlyMap<number, Run>> {
    const runs = await this.#client.find(`the runs of ${name}`, runsAnswer, `${path}/wfapi/runs`, signal);
    return new Map((runs ?? []).map((run) => [Number(run.id), run]));
  }

  async #run(
    { path }: Job,
    { number, building }: Build,
    listed: ReadonlyMap<number, Run>,
    signal: AbortSignal | undefined,
  ): Promise<Run | null> {
    const key = `${path}/${number}`;
    const known = this.#over.get(key);
    if (known !== undefined) return known;
    const run = listed.get(number) ?? (await this.describe(path, number, signal));
    if (!building) this.#remember(key, run);
    return run;
  }

  #remember(key: string, run: Run | null): void {
    this.#over.set(key, run);
    const [oldest] = this.#over.keys();
    if (this.#over.size > REMEMBERED && oldest !== undefined) this.#over.delete(oldest);
  }
}
