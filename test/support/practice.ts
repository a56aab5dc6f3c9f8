import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ONCALL = fileURLToPath(new URL('../../bin/oncall.js', import.meta.url));

export interface RequestRecord {
  readonly n: number;
  readonly system: string;
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly mutation: boolean;
  /** What a mutation carried. */
  readonly body: string | null;
  /** null: never answered (hung, reset) or still under way. */
  readonly status: number | null;
  readonly at: string;
}

export interface WorldView {
  readonly now: string;
  readonly incidents: readonly { readonly id: string; readonly status: string; readonly service: string }[];
  readonly stacks: readonly {
    readonly name: string;
    readonly status: string;
    readonly parameters: Readonly<Record<string, string>>;
  }[];
  readonly instances: readonly Readonly<Record<string, unknown>>[];
  readonly deploys: readonly Readonly<Record<string, unknown>>[];
}

export interface Fault {
  readonly system: string;
  readonly match?: { readonly operation: string } | undefined;
  readonly fault: string;
  readonly ms?: number | undefined;
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly times?: number | undefined;
}

/** The practice world in a process of its own, driven only through what `docs/contracts.md` promises. */
export class PracticeWorld {
  readonly config: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, line: string) {
    const told = JSON.parse(line) as { config: string; endpoints: Record<string, string> };
    this.config = told.config;
    this.endpoints = told.endpoints;
    this.#process = process;
  }

  static async start(...args: readonly string[]): Promise<PracticeWorld> {
    const child = spawn(process.execPath, [ONCALL, 'demo', '--headless', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) return new PracticeWorld(child, line);
    throw new Error(`oncall demo --headless ended (${child.exitCode}) without its line`);
  }

  async requests(system?: string): Promise<readonly RequestRecord[]> {
    const { requests } = await this.#get<{ requests: RequestRecord[] }>('/requests');
    return system === undefined ? requests : requests.filter((request) => request.system === system);
  }

  async mutations(system?: string): Promise<readonly string[]> {
    return (await this.requests(system))
      .filter((request) => request.mutation)
      .map((request) => request.operation);
  }

  world(): Promise<WorldView> {
    return this.#get('/world');
  }

  async fault(fault: Fault): Promise<void> {
    await this.#post('/faults', fault);
  }

  async advance(seconds: number): Promise<void> {
    await this.#post('/clock', { advance_s: seconds });
  }

  async event(event: object): Promise<void> {
    await this.#post('/events', event);
  }

  /** The incident of that service; tests name services, not ids. */
  async incident(service: string): Promise<{ readonly id: string; readonly status: string }> {
    const found = (await this.world()).incidents.find((incident) => incident.service === service);
    if (!found) throw new Error(`the practice world has no incident of ${service}`);
    return found;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }

  async #get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.endpoints.control}${path}`);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async #post(path: string, body: object): Promise<void> {
    const response = await fetch(`${this.endpoints.control}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
  }
}
