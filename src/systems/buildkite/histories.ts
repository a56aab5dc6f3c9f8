import { Failure } from '../../model/failure.ts';
import { MINUTE } from '../../model/instant.ts';
import type { BuildkiteClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { type Build, buildSchema } from './wire.ts';

/** Of each pipeline; older ones are forgotten. */
const KEPT = 200;
/** Pasts that are read anew in a minute: who comes later is told to come again. */
const READ_A_MINUTE = 12;

interface Known {
  readonly builds: Map<number, Build>;
  /** When each of them was told last. */
  readonly toldAt: Map<number, number>;
  /** Something may have been missed since: it is read again when there is time. */
  doubted: boolean;
}

/** The newest builds of each pipeline that somebody asked for. */
export class Histories {
  readonly #client: Pick<BuildkiteClient, 'builds' | 'get'>;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  readonly #reading = new Map<string, Promise<void>>();
  #readAt: readonly number[] = [];

  constructor(client: Pick<BuildkiteClient, 'builds' | 'get'>, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /** Whether what is known of it is kept up to date. */
  isKnown(pipeline: string): boolean {
    return this.#known.get(pipeline)?.doubted === false;
  }

  /** Newest first. */
  of(pipeline: string): readonly Build[] {
    const builds = this.#known.get(pipeline)?.builds.values() ?? [];
    return [...builds].sort((one, other) => other.number - one.number);
  }

  doubtAll(): void {
    for (const known of this.#known.values()) known.doubted = true;
  }

  /** Reads its past, once for all who ask. In a busy minute what is doubted stays as it is. */
  read(pipeline: string, branch: string): Promise<void> {
    const under = this.#reading.get(pipeline);
    if (under !== undefined) return under;
    if (!this.#takeTurn()) {
      if (this.#known.has(pipeline)) return Promise.resolve();
      const text = 'Buildkite is asked for few pipelines a minute: this one is read within the next.';
      return Promise.reject(new Failure(SYSTEM, 'rate_limited', text));
    }
    const reading = this.#client
      .builds(`/pipelines/${pipeline}/builds`, [['branch', branch]], 1)
      .then(({ items }) => {
        this.#known.set(pipeline, { builds: new Map(), toldAt: new Map(), doubted: false });
        this.learn(items);
      })
      .finally(() => this.#reading.delete(pipeline));
    this.#reading.set(pipeline, reading);
    return reading;
  }

  /** The later ones of the same number count. Of pipelines that nobody asked for nothing is kept. */
  learn(told: readonly Build[]): void {
    for (const build of told) {
      const known = this.#known.get(build.pipeline.slug);
      if (known === undefined) continue;
      known.builds.set(build.number, build);
      known.toldAt.set(build.number, this.#now());
      if (known.builds.size <= KEPT) continue;
      const oldest = Math.min(...known.builds.keys());
      known.builds.delete(oldest);
      known.toldAt.delete(oldest);
    }
  }

  /**
   * Builds that were not through and that no list told of this time, whoever waits longest first: they were canceled
   * or deleted, or the lists were too long. Of blocked ones only the newest of a pipeline can matter.
   */
  untold(told: readonly Build[], withBlocked: boolean): readonly Build[] {
    const names = new Set(told.map(nameOf));
    return [...this.#known.values()]
      .flatMap(({ builds, toldAt }) => {
        const newest = Math.max(...builds.keys());
        const open = [...builds.values()].filter((build) =>
          isBlocked(build) ? withBlocked && build.number === newest : isActive(build),
        );
        return open.map((build) => ({ build, at: toldAt.get(build.number) ?? 0 }));
      })
      .filter(({ build }) => !names.has(nameOf(build)))
      .sort((one, other) => one.at - other.at)
      .map(({ build }) => build);
  }

  /** One that is gone is forgotten. */
  async readAgain({ pipeline: { slug }, number }: Build): Promise<void> {
    try {
      this.learn([await this.#client.get('a build', buildSchema, `/pipelines/${slug}/builds/${number}`)]);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'not_found') throw error;
      this.#known.get(slug)?.builds.delete(number);
    }
  }

  #takeTurn(): boolean {
    const now = this.#now();
    this.#readAt = this.#readAt.filter((at) => now - at < MINUTE);
    if (this.#readAt.length >= READ_A_MINUTE) return false;
    this.#readAt = [...this.#readAt, now];
    return true;
  }
}

function nameOf({ pipeline, number }: Build): string {
  return `${pipeline.slug} ${number}`;
}

function isBlocked({ blocked, state, jobs }: Build): boolean {
  return (blocked === true || jobs.some((job) => job.unblockable === true)) && !isOver(state);
}

function isActive({ state }: Build): boolean {
  return !isOver(state) && state !== 'passed' && state !== 'failed';
}

function isOver(state: string): boolean {
  return /^(canceled|skipped|not_run)$/.test(state);
}
