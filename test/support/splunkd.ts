import { toCatalog } from '../../src/config/catalog.ts';
import { configSchema, userSchema } from '../../src/config/schema.ts';
import type { LoadedConfig } from '../../src/config/types.ts';
import { type Instant, localNow, SECOND } from '../../src/model/instant.ts';
import type { Transport, TransportRequest, TransportResponse } from '../../src/systems/http/transport.ts';

const INDEXING_MS = SECOND;

export interface SplunkdOptions {
  /** Events a second, from `since` on. */
  readonly rate: number;
  readonly since: Instant;
  /** How long a search runs. */
  readonly searchMs: number;
  /** Of event number `n`. */
  raw(n: number, at: Instant): string;
}

interface Job {
  /** Event numbers, half open; the newest ones are kept. */
  readonly from: number;
  readonly to: number;
  /** Rows of the answer. */
  readonly kept: number;
  /** Index seconds, newest first, where the answer is how many events each has. */
  readonly seconds: readonly Instant[] | null;
  readonly doneAt: Instant;
}

/** splunkd behind the adapter's transport, in this process: events are made when a page is read, and none is kept. */
export class Splunkd implements Pick<Transport, 'request'> {
  readonly #options: SplunkdOptions;
  readonly #jobs = new Map<string, Job>();
  /** Jobs that were made. */
  dispatched = 0;
  requests = 0;
  /** Number of the oldest event that the first search gave. */
  first: number | null = null;
  /** Rows that were read, those read again included. */
  rows = 0;

  constructor(options: SplunkdOptions) {
    this.#options = options;
  }

  /** Jobs that were made and not cancelled. */
  get left(): number {
    return this.#jobs.size;
  }

  /** Events that were indexed before that moment. */
  indexedBefore(at: Instant): number {
    const { rate, since } = this.#options;
    return Math.max(0, Math.ceil(((at - INDEXING_MS - since) * rate) / SECOND));
  }

  async request({ method, url, body = '' }: TransportRequest): Promise<TransportResponse> {
    this.requests += 1;
    const { pathname, searchParams } = new URL(url);
    const parameters = new URLSearchParams(method === 'GET' ? searchParams : String(body));
    const [, sid = '', what = ''] =
      /\/jobs(?:\/([^/]+))?(?:\/(\w+))?$/.exec(pathname.replace(/\/+$/, '')) ?? [];
    if (sid === '') return answer(201, { sid: this.#create(parameters) });
    if (what === 'control') {
      this.#jobs.delete(sid);
      return answer(200, { messages: [] });
    }
    const job = this.#jobs.get(sid);
    if (job === undefined) return answer(404, { messages: [{ type: 'FATAL', text: 'Unknown sid.' }] });
    return what === '' ? answer(200, status(sid, job)) : answer(200, this.page(job, parameters));
  }

  /** The part of `Transport` that the adapter of Splunk uses. */
  transport(): Transport {
    const none = () => undefined;
    return {
      request: (request) => this.request(request),
      stream: () => Promise.reject(new Error('Splunk streams nothing here')),
      addSecret: none,
      redact: (text) => text,
      now: () => localNow(),
      register: none,
      report: none,
      health: () => [],
      onHealth: () => none,
      requestCount: () => 0,
      close: async () => {},
    };
  }

  /** An answer of `results`. */
  page(job: Job, parameters: URLSearchParams): object {
    const offset = Number(parameters.get('offset'));
    const count = Math.min(Number(parameters.get('count')), job.kept - offset);
    this.rows += Math.max(0, count);
    const results = Array.from({ length: Math.max(0, count) }, (_, row) =>
      job.seconds === null
        ? this.#row(job.to - 1 - offset - row)
        : this.#counted(job, job.seconds[offset + row] ?? 0),
    );
    return { preview: false, init_offset: offset, messages: [], fields: [], results, highlighted: {} };
  }

  #create(parameters: URLSearchParams): string {
    const head = /\| head (\d+)/.exec(parameters.get('search') ?? '')?.[1];
    const seconds = (name: string) => {
      const told = parameters.get(name);
      return told === null ? null : Number(told) * SECOND;
    };
    const end = Math.min(localNow(), seconds('index_latest') ?? Number.POSITIVE_INFINITY);
    const to = this.indexedBefore(end);
    const begin = seconds('index_earliest');
    const earliest = Number(parameters.get('earliest_time')) * SECOND;
    const written =
      earliest > 0 ? Math.ceil(((earliest - this.#options.since) * this.#options.rate) / SECOND) : 0;
    const from = Math.min(to, Math.max(written, begin === null ? 0 : this.indexedBefore(begin)));
    const most = Math.min(Number(parameters.get('max_count')), Number(head ?? Number.POSITIVE_INFINITY));
    const doneAt = localNow() + this.#options.searchMs;
    const kept = Math.min(most, to - from);
    this.first ??= to - kept;
    this.dispatched += 1;
    const counted = parameters.get('search')?.includes('stats count') ? this.#seconds(from, to) : null;
    const rows = counted?.length ?? kept;
    this.#jobs.set(`${this.dispatched}`, { from, to, kept: rows, seconds: counted, doneAt });
    return `${this.dispatched}`;
  }

  /** Those in which these events were indexed. */
  #seconds(from: number, to: number): Instant[] {
    if (to <= from) return [];
    const [newest, oldest] = [this.#indexed(to - 1), this.#indexed(from)];
    return Array.from({ length: newest - oldest + 1 }, (_, back) => newest - back);
  }

  /** Whole seconds since 1970. */
  #indexed(n: number): Instant {
    return Math.floor((this.#at(n) + INDEXING_MS) / SECOND);
  }

  #at(n: number): Instant {
    return this.#options.since + Math.floor((n * SECOND) / this.#options.rate);
  }

  #counted({ from, to }: Job, second: Instant): Record<string, string> {
    const first = Math.max(from, this.indexedBefore(second * SECOND));
    const end = Math.min(to, this.indexedBefore((second + 1) * SECOND));
    return { oncall_second: String(second), count: String(end - first) };
  }

  #row(n: number): Record<string, string> {
    const at = this.#at(n);
    return {
      _raw: this.#options.raw(n, at),
      _time: new Date(at).toISOString(),
      _indextime: String(this.#indexed(n)),
      _cd: `7:${n}`,
      _bkt: 'app~7~5C6F0B1E-8A52-4C0B-9B0D-7C15A6E0F3B2',
      index: 'app',
      host: `i-0c0ffee0000000${n % 4}`,
      source: '/var/log/containers/charge-central.log',
      sourcetype: 'app:json',
      splunk_server: 'idx-1.harbour.example',
      level: 'info',
      version: '1.0.282',
      instance: `i-0c0ffee0000000${n % 4}`,
      container: 'charge-central',
    };
  }
}

function status(sid: string, job: Job): object {
  const isDone = localNow() >= job.doneAt;
  const content = {
    sid,
    dispatchState: isDone ? 'DONE' : 'RUNNING',
    eventCount: job.to - job.from,
    resultCount: isDone ? job.kept : 0,
    isDone,
    isFailed: false,
    isFinalized: false,
    messages: [],
  };
  return { entry: [{ name: sid, content, links: {}, acl: {} }], messages: [] };
}

function answer(status: number, body: object): TransportResponse {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
}

/** A tribe of one squad whose lines are in Splunk. */
export function splunkOnly(
  url = 'http://127.0.0.1:8089',
  services: readonly string[] = ['charge-central'],
): LoadedConfig {
  process.env.ONCALL_TEST_TOKEN_SPLUNK = 'a token';
  const config = configSchema.parse({
    tribe: 'Harbour',
    default_environment: 'prod',
    environments: { prod: { guarded: true } },
    squads: [{ id: 'billing', name: 'Billing', escalation_policy: 'PPOLBIL' }],
    systems: { splunk: { url, token: { env: 'ONCALL_TEST_TOKEN_SPLUNK' } } },
    services: Object.fromEntries(
      services.map((name) => [name, { squad: 'billing', logs: { index: 'app', where: { service: name } } }]),
    ),
  });
  const file = '/nowhere/oncall.yaml';
  return { file, folder: '/nowhere', config, user: userSchema.parse({}), catalog: toCatalog(config) };
}
