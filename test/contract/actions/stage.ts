import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type Document, parseDocument } from 'yaml';
import type { Limits } from '../../../src/actions/action.ts';
import { openActions } from '../../../src/actions/index.ts';
import type { Actions, Consent, Outcome, Plan, Progress } from '../../../src/actions/types.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { type Catalog, findService, type Service } from '../../../src/model/catalog.ts';
import type { Systems } from '../../../src/model/ports/index.ts';
import { type RunningPractice, startPractice } from '../../../src/practice/process.ts';
import { openSystems } from '../../../src/systems/index.ts';

export const CONSENT: Consent = { typed: 'charge-central', accepted: [] };
const HERE = 'here';
export const LIMITS: Limits = { send: 5_000, read: 5_000, trace: 1_000, pause: 20 };

/** The practice world in this process, with the actions upon it. */
export class Stage {
  readonly practice: RunningPractice;
  readonly systems: Systems;
  readonly actions: Actions;
  readonly #catalog: Catalog;
  readonly #open: (email: string, limits: Limits, host: string, readOnly: boolean) => Actions;

  private constructor(
    practice: RunningPractice,
    systems: Systems,
    catalog: Catalog,
    open: (email: string, limits: Limits, host: string, readOnly: boolean) => Actions,
  ) {
    this.practice = practice;
    this.systems = systems;
    this.#catalog = catalog;
    this.#open = open;
    this.actions = open('sam@harbour.example', LIMITS, HERE, false);
  }

  /** @param edit changes the world's oncall.yaml before it is read */
  static async set(
    scenario = 'bad-deploy',
    edit?: (config: Document, practice: RunningPractice) => void,
  ): Promise<Stage> {
    const practice = await startPractice({
      scenario,
      seed: 1,
      speed: 1,
      tls: false,
      untilStdinCloses: false,
    });
    onTestFinished(() => practice.stop());
    if (edit !== undefined) {
      const config = parseDocument(await readFile(practice.line.config, 'utf8'));
      edit(config, practice);
      await writeFile(practice.line.config, config.toString());
    }
    const loaded = await loadConfig({ configFile: practice.line.config });
    const systems = openSystems(loaded);
    onTestFinished(() => systems.close());
    const hosts = await mkdtemp(join(tmpdir(), 'oncall-'));
    onTestFinished(() => rm(hosts, { recursive: true, force: true }));
    const { catalog } = loaded;
    return new Stage(practice, systems, catalog, (email, limits, host, readOnly) =>
      openActions({
        systems,
        catalog,
        email,
        stateFolder: join(hosts, host),
        readOnly,
        reread: async () => {},
        limits,
      }),
    );
  }

  /** The same journal after a restart, or another person beside it. */
  again(email = 'sam@harbour.example', limits = LIMITS, readOnly = false): Actions {
    return this.#open(email, limits, HERE, readOnly);
  }

  /** Somebody on another machine: nothing is shared but the systems. */
  elsewhere(email: string): Actions {
    return this.#open(email, LIMITS, 'elsewhere', false);
  }

  async control<T>(path: string, body?: object): Promise<T> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${this.practice.line.endpoints.control}${path}`, init);
    expect(answer.ok).toBe(true);
    return (await answer.json()) as T;
  }

  fault(system: string, operation: string | null, fault: string, times = 1): Promise<unknown> {
    return this.control('/faults', { system, match: operation === null ? {} : { operation }, fault, times });
  }

  async mutations(): Promise<readonly string[]> {
    const { requests } = await this.control<{ requests: { mutation: boolean; operation: string }[] }>(
      '/requests',
    );
    return requests.filter((request) => request.mutation).map((request) => request.operation);
  }

  /** Time passes while somebody watches. */
  readonly watching = (progress: Progress): void => {
    if (progress.state === 'sent') this.practice.world.advance(20);
  };

  service(name: string): Service {
    const service = findService(this.#catalog, name);
    if (service === undefined) throw new Error(`there is no ${name}`);
    return service;
  }

  parameter(): string | undefined {
    return this.practice.world.state.stacks.find((stack) => stack.name === 'charge-central')?.parameters
      .ImageTag;
  }

  run(plan: Plan, own: { actions?: Actions; signal?: AbortSignal } = {}): Promise<Outcome> {
    return (own.actions ?? this.actions).run(plan, CONSENT, this.watching, own.signal);
  }
}
