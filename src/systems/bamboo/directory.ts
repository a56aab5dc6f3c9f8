import { didYouMean } from '../../insight/nearest.ts';
import type { Service } from '../../model/catalog.ts';
import { Failure } from '../../model/failure.ts';
import { MINUTE } from '../../model/instant.ts';
import type { AdapterDeps } from '../http/transport.ts';
import type { BambooClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import * as wire from './wire.ts';

/** Projects and environments hardly ever change. */
const KEPT_MS = 10 * MINUTE;
/** As many names as a sentence bears. */
const MOST_NAMES = 6;

/** Where a service is deployed in one environment. */
export interface Target {
  readonly project: wire.WireProject;
  readonly environment: wire.WireEnvironment;
}

/** How the config names a service in Bamboo. */
export interface Named {
  readonly project: string;
  readonly environment: string;
  readonly release: string;
}

/** null: the config does not say where Bamboo deploys the service. */
export function namedIn({ loaded }: AdapterDeps, { name }: Service, environment: string): Named | null {
  const keys = loaded.config.services[name]?.bamboo;
  if (keys === undefined) return null;
  const { project, release, environments } = keys;
  const ours = loaded.config.systems.bamboo?.environments[environment];
  return { project, release, environment: environments[environment] ?? ours ?? environment };
}

/** Finds projects and their environments by name, and keeps what it found; who asks meanwhile shares the answer. */
export class Directory {
  readonly #client: BambooClient;
  readonly #all = new Kept<readonly NamedProject[]>();
  readonly #projects = new Kept<wire.WireProject>();

  constructor(client: BambooClient) {
    this.#client = client;
  }

  async target({ project: name, environment: wanted }: Named): Promise<Target> {
    const project = await this.#projects.get(name, async () =>
      this.#client.get('a deployment project', wire.project, `deploy/project/${await this.#idOf(name)}`),
    );
    const { environments } = project;
    const environment = environments.find((each) => same(each.name, wanted));
    if (environment !== undefined) return { project, environment };
    const known = environments.map((each) => each.name);
    throw unknown(`The deployment project ${project.name} has no environment ${wanted}.`, wanted, known);
  }

  async #idOf(name: string): Promise<number> {
    if (/^\d{1,15}$/.test(name)) return Number(name);
    const all = await this.#all.get('all', () =>
      this.#client.get('deployment projects', wire.projects, 'deploy/project/all'),
    );
    const found = all.find((each) => same(each.name, name));
    if (found !== undefined) return found.id;
    const known = all.map((each) => each.name);
    throw unknown(`Bamboo shows no deployment project ${name} to this token.`, name, known);
  }
}

type NamedProject = Pick<wire.WireProject, 'id' | 'name'>;

/** Answers that are kept for some time, those under way included; a failure is not. */
class Kept<T> {
  readonly #kept = new Map<string, { readonly at: number; readonly found: Promise<T> }>();

  /** `ask` has no signal of the caller's: whoever leaves must not take the answer from the others. */
  get(key: string, ask: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key);
    const now = performance.now();
    if (kept !== undefined && now - kept.at < KEPT_MS) return kept.found;
    const found = ask();
    this.#kept.set(key, { at: now, found });
    found.catch(() => this.#kept.delete(key));
    return found;
  }
}

/** Bamboo's names are unique whatever their case. */
function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** @param sentence what is not there */
export function unknown(sentence: string, wrong: string, known: readonly string[]): Failure {
  const names = known.slice(0, MOST_NAMES).join(', ');
  const more = known.length > MOST_NAMES ? ` and ${known.length - MOST_NAMES} more` : '';
  const hint = didYouMean(wrong, known) || (names === '' ? ' It has none.' : ` It has ${names}${more}.`);
  return new Failure(SYSTEM, 'not_found', `${sentence}${hint}`);
}
