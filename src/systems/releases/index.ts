import { setTimeout as pause } from 'node:timers/promises';
import { mergeDeploys } from '../../insight/merge-deploys.ts';
import type { Service } from '../../model/catalog.ts';
import type { Deploy } from '../../model/deploy.ts';
import { type Failure, toFailure } from '../../model/failure.ts';
import { SECOND } from '../../model/instant.ts';
import type { Releases } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { RELEASE_SOURCES, type ReleaseSource } from './sources.ts';

/** How long the others are waited for once the leading one is through: what is late counts next time. */
const PATIENCE_MS = 3 * SECOND;

/**
 * Deploys as all systems tell them, one line for each. One that does not answer keeps what it told last, and its
 * health says so; only where no other has deploys to tell is it a failure, the leading one's.
 */
export function openReleases(deps: AdapterDeps): Releases {
  const tellers = RELEASE_SOURCES.filter((source) => source.isConfigured(deps.loaded)).map(
    (source) => new Teller(source, deps),
  );
  return {
    async deploys(service, environment, limit, signal) {
      const asked = tellers.map((teller) => teller.ask(service, environment, limit, signal));
      const lead = await asked[0];
      const others = await withinPatience(asked.slice(1));
      const told = tellers.map((teller) => teller.known(service, environment));
      // Who has nothing of this service to tell does not speak for the one that leads.
      const isSilent = (answer: Failure | null | undefined, index: number) =>
        answer instanceof Error || told[index + 1]?.length === 0;
      if (lead instanceof Error && others.every(isSilent)) throw lead;
      return mergeDeploys(told).slice(0, limit);
    },
  };
}

/** null in place of an answer that is not there yet. */
async function withinPatience(asked: readonly Promise<Failure | undefined>[]) {
  if (asked.length === 0) return [];
  const over = new AbortController();
  const late = pause(PATIENCE_MS, null, { signal: over.signal }).catch(() => null);
  try {
    return await Promise.all(asked.map((answer) => Promise.race([answer, late])));
  } finally {
    over.abort();
  }
}

/** One system, with what it told last. */
class Teller {
  readonly #source: ReleaseSource;
  readonly #deps: AdapterDeps;
  readonly #last = new Map<string, readonly Deploy[]>();
  #opened: Promise<Releases> | null = null;

  constructor(source: ReleaseSource, deps: AdapterDeps) {
    this.#source = source;
    this.#deps = deps;
  }

  known(service: Service, environment: string): readonly Deploy[] {
    return this.#last.get(keyOf(service, environment)) ?? [];
  }

  /** Resolves with the failure, if it was one: whoever is late must not reject unheard. */
  async ask(
    service: Service,
    environment: string,
    limit: number,
    signal?: AbortSignal,
  ): Promise<Failure | undefined> {
    try {
      const deploys = await (await this.#open()).deploys(service, environment, limit, signal);
      this.#last.set(keyOf(service, environment), deploys);
      return undefined;
    } catch (thrown) {
      return toFailure(this.#source.system, thrown);
    }
  }

  #open(): Promise<Releases> {
    this.#opened ??= this.#source.open(this.#deps).catch((thrown) => {
      this.#opened = null;
      throw thrown;
    });
    return this.#opened;
  }
}

function keyOf(service: Service, environment: string): string {
  return `${service.name} ${environment}`;
}
