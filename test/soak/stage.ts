import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { LoadedConfig } from '../../src/config/types.ts';
import { type RunningPractice, startPractice } from '../../src/practice/process.ts';
import type { LoggedRequest } from '../../src/practice/request-log.ts';
import type { PracticeStack, WorldState } from '../../src/practice/world/state.ts';

/** World seconds in each real one: a change set takes a world second, and nothing else has to be waited for. */
const SPEED = 10;
/** PagerDuty counts requests by real time: well before its limit of 960 a minute another world is taken. */
const REQUESTS_IN_A_WORLD = 600;
/** Longer than any update and its way back. */
const UPDATE_S = 1_800;

/** A practice world in this process for many schedules, one after the other. */
export class Stage {
  readonly loaded: LoadedConfig;
  /** For journals. */
  readonly folder: string;
  readonly #practice: RunningPractice;

  private constructor(practice: RunningPractice, loaded: LoadedConfig, folder: string) {
    this.#practice = practice;
    this.loaded = loaded;
    this.folder = folder;
  }

  static async set(): Promise<Stage> {
    const options = {
      scenario: 'stuck-rollback',
      seed: 1,
      speed: SPEED,
      tls: false,
      untilStdinCloses: false,
    };
    const practice = await startPractice(options);
    const loaded = await loadConfig({ configFile: practice.line.config });
    return new Stage(practice, loaded, await mkdtemp(join(tmpdir(), 'oncall-soak-')));
  }

  async strike(): Promise<void> {
    await this.#practice.stop();
    // Whoever left in the middle may still be telling others, and claims that in the journal.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  get isWorn(): boolean {
    return (
      this.#practice.host.log.all().filter(({ system }) => system === 'pagerduty').length >
      REQUESTS_IN_A_WORLD
    );
  }

  get configFile(): string {
    return this.#practice.line.config;
  }

  get state(): WorldState {
    return this.#practice.world.state;
  }

  now(): number {
    return this.#practice.world.now();
  }

  advance(seconds: number): void {
    this.#practice.world.advance(seconds);
  }

  async control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${this.#practice.line.endpoints.control}${path}`, { method, ...sent });
    const told = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${told}`);
    return JSON.parse(told);
  }

  async requests(): Promise<readonly LoggedRequest[]> {
    return (await this.control<{ requests: readonly LoggedRequest[] }>('GET', '/requests')).requests;
  }

  async incident(service: string): Promise<string> {
    const wanted = { kind: 'incident', service, title: 'soaked' };
    return (await this.control<{ id: string }>('POST', '/events', wanted)).id;
  }

  stack(service: string): PracticeStack {
    const found = this.state.stacks.find((each) => each.service === service && each.environment === 'prod');
    if (found === undefined) throw new Error(`the practice world has no stack of ${service}`);
    return found;
  }

  /** Lets everything end that is under way, so that the next schedule finds the world calm. */
  settle(service: string): void {
    this.advance(UPDATE_S);
    const stack = this.stack(service);
    if (stack.status === 'UPDATE_ROLLBACK_FAILED') {
      this.#practice.world.stacks.continueRollback(stack, null);
      this.advance(UPDATE_S);
    }
    for (const { id, status } of this.state.incidents) {
      if (status !== 'resolved') this.#practice.world.incidents.resolve(id, null);
    }
  }
}
