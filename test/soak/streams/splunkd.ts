import { Failure } from '../../../src/model/failure.ts';
import { localNow, SECOND } from '../../../src/model/instant.ts';
import type { Transport, TransportRequest, TransportResponse } from '../../../src/systems/http/transport.ts';
import type { Stream, StreamEvent, Trouble } from './stream.ts';

type Row = Readonly<Record<string, string>>;

interface Job {
  readonly trouble: Trouble | null;
  readonly rows: readonly Row[];
  readonly found: number;
  readonly doneAt: number;
}

const QUOTA =
  'The maximum number of concurrent historical searches on this instance has been reached. current_concurrency=10, concurrency_limit=10';
const SLOW_MS = 25 * SECOND;
const UNKNOWN = { messages: [{ type: 'FATAL', text: 'Unknown sid.' }] };

/** splunkd in this process, with a log that is made beforehand: each event is found from its own moment on. */
export class StreamSplunkd {
  readonly #stream: Stream;
  readonly #events: readonly StreamEvent[];
  readonly #jobs = new Map<string, Job>();
  /** What its latest answer told of its clock, in whole seconds; 0: it has not answered yet. */
  #skew = 0;
  dispatched = 0;
  /** Troubles that happened. */
  readonly struck: Trouble[] = [];

  constructor(stream: Stream, events: readonly StreamEvent[]) {
    this.#stream = stream;
    this.#events = events;
  }

  /** Jobs that were made and not cancelled. */
  get left(): number {
    return this.#jobs.size;
  }

  /** Its clock. */
  now(): number {
    return localNow() + this.#stream.clockOffMs;
  }

  /** The part of `Transport` that the adapter of Splunk uses. */
  transport(): Transport {
    const none = () => undefined;
    return {
      request: async (request) => {
        const answer = this.#answer(request);
        this.#skew = Math.floor(this.now() / SECOND) * SECOND - localNow();
        return answer;
      },
      stream: () => Promise.reject(new Error('Splunk streams nothing here')),
      addSecret: none,
      redact: (text) => text,
      now: () => localNow() + this.#skew,
      register: none,
      report: none,
      health: () => [],
      onHealth: () => none,
      requestCount: () => 0,
      close: async () => {},
    };
  }

  #answer({ method, url, body = '' }: TransportRequest): TransportResponse {
    const { pathname, searchParams } = new URL(url);
    const parameters = new URLSearchParams(method === 'GET' ? searchParams : String(body));
    const [, sid = '', what = ''] =
      /\/jobs(?:\/([^/]+))?(?:\/(\w+))?$/.exec(pathname.replace(/\/+$/, '')) ?? [];
    if (sid === '') return this.#create(parameters);
    const job = this.#jobs.get(sid);
    if (what === 'control') this.#jobs.delete(sid);
    if (job === undefined || (job.trouble === 'gone' && what === 'results')) return answer(404, UNKNOWN);
    if (what === 'control') return answer(200, { messages: [] });
    if (what === 'results') return answer(200, { messages: [], results: this.#page(job, parameters) });
    if (job.trouble === 'expired' && localNow() >= job.doneAt) return answer(404, UNKNOWN);
    return answer(200, statusOf(sid, job));
  }

  #create(parameters: URLSearchParams): TransportResponse {
    const number = this.dispatched;
    this.dispatched += 1;
    const { troubles, searchMs } = this.#stream;
    const trouble = troubles.find(({ job, times }) => number >= job && number < job + times)?.kind ?? null;
    if (trouble !== null) this.struck.push(trouble);
    if (trouble === 'quota') return answer(503, { messages: [{ type: 'FATAL', text: QUOTA }] });
    if (trouble === 'reset') throw new Failure('splunk', 'reset', 'the connection was reset');
    const found = this.#found(parameters);
    const sid = `${number}.${trouble ?? 'well'}`;
    const rows = parameters.get('search')?.includes('stats count')
      ? counted(found)
      : this.#kept(found, trouble);
    const doneAt = localNow() + (trouble === 'slow' ? SLOW_MS : searchMs);
    this.#jobs.set(sid, { trouble, rows, found: found.length, doneAt });
    return answer(201, { sid });
  }

  /** Newest first. */
  #found(parameters: URLSearchParams): readonly StreamEvent[] {
    const time = (name: string, none: number) => {
      const told = parameters.get(name);
      if (told === null) return none;
      const seconds = Number(told.replace(/s$/, '')) * SECOND;
      return /^[+-]/.test(told) ? this.now() + seconds : seconds;
    };
    const head = /\| head (\d+)/.exec(parameters.get('search') ?? '')?.[1];
    const [earliest, latest] = [time('earliest_time', 0), time('latest_time', this.now())];
    const [from, to] = [time('index_earliest', 0), time('index_latest', Number.POSITIVE_INFINITY)];
    return this.#events
      .filter(({ visible }) => visible <= this.now())
      .filter(({ at, indexed }) => at >= earliest && at < latest && indexed >= from && indexed < to)
      .sort((one, other) => other.at - one.at)
      .slice(0, head === undefined ? undefined : Number(head));
  }

  #kept(found: readonly StreamEvent[], trouble: Trouble | null): Row[] {
    const rows = found.slice(0, trouble === 'cut' ? 3 : this.#stream.cap).map(rowOf);
    return trouble === 'shuffled' ? rows.reverse() : rows;
  }

  #page({ rows, trouble }: Job, parameters: URLSearchParams): readonly Row[] {
    const offset = Number(parameters.get('offset'));
    const count = Math.min(Number(parameters.get('count')), this.#stream.page);
    // What was read before comes again, and pushes the last row out of the answer.
    const from = trouble === 'shifted' && offset > 0 ? offset - 1 : offset;
    const short = trouble === 'short' || trouble === 'stopped' || trouble === 'warned';
    return rows.slice(0, short ? Math.floor(rows.length / 2) : undefined).slice(from, from + count);
  }
}

function statusOf(sid: string, { rows, found, doneAt, trouble }: Job): object {
  const isDone = localNow() >= doneAt;
  const isFailed = isDone && trouble === 'failed';
  const content = {
    sid,
    dispatchState: isFailed ? 'FAILED' : isDone ? 'DONE' : 'RUNNING',
    eventCount: found,
    resultCount: isDone ? rows.length : 0,
    isDone,
    isFailed,
    isFinalized: trouble === 'stopped',
    messages:
      trouble === 'warned' || isFailed
        ? [{ type: isFailed ? 'FATAL' : 'WARN', text: 'Unable to distribute to peer idx-2.' }]
        : [],
  };
  return { entry: [{ name: sid, content, links: {}, acl: {} }], messages: [] };
}

function counted(found: readonly StreamEvent[]): Row[] {
  const seconds = Map.groupBy(found, ({ indexed }) => indexed / SECOND);
  return [...seconds].map(([second, { length }]) => ({ oncall_second: `${second}`, count: `${length}` }));
}

function rowOf({ n, at, indexed, raw }: StreamEvent): Row {
  return {
    _raw: raw,
    _time: new Date(at).toISOString(),
    _indextime: String(indexed / SECOND),
    _cd: `7:${n}`,
    _bkt: n % 3 === 0 ? 'app~7~A' : 'app~8~B',
    host: 'i-0c0ffee00000001',
  };
}

function answer(status: number, body: object): TransportResponse {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
}
