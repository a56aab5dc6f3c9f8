import { Failure, type FailureCode } from '../../model/failure.ts';
import { type Instant, localNow, SECOND } from '../../model/instant.ts';
import type { SystemHealth } from '../../model/system-health.ts';
import { checkAddress } from './address.ts';
import { Agents } from './agents.ts';
import { refusedToken, refuseMisleading, serverError } from './answers.ts';
import { type Exchange, exchange } from './exchange.ts';
import { HealthBoard } from './health-board.ts';
import { Lane } from './lane.ts';
import { pause, rateLimitPause, retryPause } from './pauses.ts';
import { type ReadOutcome, untilRetry } from './read-outcome.ts';
import { Redactor } from './redact.ts';
import { ServerClock } from './server-clock.ts';
import { openStream } from './stream.ts';
import { timeLimit } from './time-limit.ts';
import type { Transport, TransportRequest, TransportResponse, TransportStream } from './transport.ts';

const DEADLINE_MS = 15 * SECOND;
const MAX_BYTES = 16 * 1_048_576;
const RETRIES = 2;
const PASSING: ReadonlySet<FailureCode> = new Set(['refused', 'reset', 'server_error']);

export interface TransportOptions {
  /** URL of an HTTP proxy for every host but loopback. */
  readonly proxy?: string | undefined;
}

export function openTransport(options: TransportOptions = {}): Transport {
  return new HttpTransport(options);
}

interface Line {
  readonly lane: Lane;
  readonly clock: ServerClock;
  requests: number;
}

class HttpTransport implements Transport {
  readonly #agents: Agents;
  readonly #proxy: string | undefined;
  readonly #redactor = new Redactor();
  readonly #board = new HealthBoard();
  readonly #lines = new Map<string, Line>();

  constructor(options: TransportOptions) {
    this.#proxy = options.proxy;
    this.#agents = new Agents(options.proxy);
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    try {
      return await this.#timed(request, checkAddress(request, this.#proxy));
    } catch (thrown) {
      throw this.#noted(request.system, thrown);
    }
  }

  async stream(request: TransportRequest): Promise<TransportStream> {
    try {
      return await this.#opened(request, checkAddress(request, this.#proxy));
    } catch (thrown) {
      throw this.#noted(request.system, thrown);
    }
  }

  async #timed(request: TransportRequest, url: URL): Promise<TransportResponse> {
    const deadlineMs = request.deadlineMs ?? DEADLINE_MS;
    const limit = timeLimit(request, url, deadlineMs);
    try {
      const answer = await this.#send(request, url, limit.signal, performance.now() + deadlineMs);
      this.#note(request.system, url, answer.status);
      return answer;
    } finally {
      limit.end();
    }
  }

  async #opened(request: TransportRequest, url: URL): Promise<TransportStream> {
    const limit = timeLimit(request, url, request.deadlineMs ?? DEADLINE_MS);
    const line = this.#line(request.system);
    line.requests += 1;
    try {
      const stream = await openStream(this.#exchange(request, url, limit.signal, true), limit.end);
      limit.arrived();
      line.clock.learn(stream.headers.date);
      this.#note(request.system, url, stream.status);
      return stream;
    } catch (thrown) {
      limit.end();
      throw thrown;
    }
  }

  addSecret(secret: string): void {
    this.#redactor.add(secret);
  }

  redact(text: string): string {
    return this.#redactor.redact(text);
  }

  now(system: string): Instant {
    return this.#line(system).clock.now();
  }

  register(system: string): void {
    this.#board.register(system);
  }

  report(system: string, outcome: SystemHealth['error']): void {
    if (outcome === null) this.#board.succeeded(system);
    else if (outcome.code !== 'aborted') this.#board.failed(system, outcome);
  }

  health(): readonly SystemHealth[] {
    return this.#board.all();
  }

  onHealth(changed: () => void): () => void {
    return this.#board.onChange(changed);
  }

  requestCount(system: string): number {
    return this.#line(system).requests;
  }

  async close(): Promise<void> {
    this.#agents.close();
  }

  /** A write goes once; a read as often as it makes sense before the deadline. */
  async #send(
    request: TransportRequest,
    url: URL,
    signal: AbortSignal,
    deadline: number,
  ): Promise<TransportResponse> {
    signal.throwIfAborted();
    if (request.mutation ?? !isReading(request.method)) return this.#attempt(request, url, signal, true);
    const { lane } = this.#line(request.system);
    const retries = request.retries ?? RETRIES;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#read(lane, request, url, signal);
      if (outcome.kind === 'answer') return outcome.answer;
      const wait = outcome.waitMs ?? retryPause(attempt);
      if (attempt >= retries || performance.now() + wait >= deadline) {
        if (outcome.answer !== null) return outcome.answer;
        throw outcome.failure;
      }
      await pause(wait, signal).catch((why: unknown) => {
        // It did answer: what it said is told, not that the time ran out over the wait for another attempt.
        throw why instanceof Failure && why.code === 'timeout' ? outcome.failure : why;
      });
    }
  }

  async #read(lane: Lane, request: TransportRequest, url: URL, signal: AbortSignal): Promise<ReadOutcome> {
    let broken: TransportResponse | null = null;
    try {
      const answer = await lane.run(async () => {
        const got = await this.#attempt(request, url, signal, false);
        if (got.status < 500) return got;
        broken = got;
        throw serverError(request.system, url, got.status);
      }, signal);
      return { kind: 'answer', answer };
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      const waitMs = thrown.code === 'rate_limited' ? untilRetry(thrown) : null;
      if (waitMs === null && !PASSING.has(thrown.code)) throw thrown;
      return { kind: 'again', failure: thrown, answer: broken, waitMs };
    }
  }

  async #attempt(
    request: TransportRequest,
    url: URL,
    signal: AbortSignal,
    fresh: boolean,
  ): Promise<TransportResponse> {
    const line = this.#line(request.system);
    line.requests += 1;
    const answer = await exchange(this.#exchange(request, url, signal, fresh));
    line.clock.learn(answer.headers.date);
    return this.#accepted(request, url, line, answer);
  }

  #exchange(request: TransportRequest, url: URL, signal: AbortSignal, fresh: boolean): Exchange {
    const { system } = request;
    return {
      system,
      method: request.method,
      url,
      headers: request.headers ?? {},
      body: request.body,
      agent: this.#agents.for(system, {
        secure: url.protocol === 'https:',
        caFile: request.caFile,
        keepAlive: !fresh,
      }),
      socketPath: request.socketPath,
      maxBytes: request.maxBytes ?? MAX_BYTES,
      signal,
    };
  }

  #accepted(request: TransportRequest, url: URL, line: Line, answer: TransportResponse): TransportResponse {
    const { system } = request;
    if (answer.status === 429) {
      const retryAt = line.lane.quiet(rateLimitPause(answer.headers, line.clock.now()));
      const seconds = Math.ceil((retryAt - localNow()) / SECOND);
      throw new Failure(
        system,
        'rate_limited',
        `${url.host} asks for fewer requests: it is asked again in ${seconds} s.`,
        { status: 429, retryAt },
      );
    }
    refuseMisleading(url, answer, request);
    return answer;
  }

  #note(system: string, url: URL, status: number): void {
    if (status >= 500) this.#board.failed(system, serverError(system, url, status), this.#retryAt(system));
    else if (status === 401) this.#board.failed(system, refusedToken(system, url));
    else this.#board.succeeded(system);
  }

  #noted(system: string, thrown: unknown): unknown {
    const failure =
      thrown instanceof Failure
        ? thrown
        : new Failure(system, 'unknown', thrown instanceof Error ? thrown.message : String(thrown));
    const clean = this.#redactor.redact(failure.message);
    const safe =
      clean === failure.message ? failure : new Failure(system, failure.code, clean, failure.details);
    if (safe.code !== 'aborted')
      this.#board.failed(system, safe, safe.details.retryAt ?? this.#retryAt(system));
    return safe;
  }

  #retryAt(system: string): Instant | null {
    return this.#line(system).lane.retryAt;
  }

  #line(system: string): Line {
    const known = this.#lines.get(system);
    if (known !== undefined) return known;
    const line: Line = { lane: new Lane(system), clock: new ServerClock(), requests: 0 };
    this.#lines.set(system, line);
    return line;
  }
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
