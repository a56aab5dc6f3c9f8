import type { LiveTailSessionLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { Failure, toFailure } from '../../model/failure.ts';
import { type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogBatch, LogLine, LogWay } from '../../model/log-line.ts';
import type { TailStep } from '../../model/ports/log-search.ts';
import type { SafeText } from '../../model/safe-text.ts';
import { Bell } from '../log/bell.ts';
import { oneStep } from '../log/follow.ts';
import { Pace } from '../log/pace.ts';
import type { LogEvents } from './log-events.ts';
import { markLate } from './log-line.ts';
import { type Refusals, whyPolled } from './log-refusal.ts';
import type { SessionUpdate } from './log-session.ts';

const SYSTEM = 'aws';
/** A session that nobody takes lines from: what is dropped comes with the pages. */
const MOST_WAITING = 5_000;
/** Pages are asked for early after so long: by then what the session left out is searchable. */
const HURRY_MS = 2.5 * SECOND;
const FIRST_RETRY_MS = 5 * SECOND;
const LAST_RETRY_MS = 5 * MINUTE;
/** A session that lasted so long was a good one. */
const GOOD_MS = MINUTE;

export interface LiveTailDeps {
  /** Tells one log group from another for `refusals`. */
  readonly group: string;
  readonly events: Pick<LogEvents, 'step' | 'completeTo'>;
  readonly refusals: Refusals;
  /** A new session; throws a `Failure` when it ends. */
  session(signal: AbortSignal): AsyncIterable<SessionUpdate>;
  /** A session begins: what it tells may have been told by the one before. */
  begins(): void;
  /** The event as a line, or null where it was shown before. */
  toLine(event: LiveTailSessionLogEvent): LogLine | null;
  /** CloudWatch's clock. */
  now(): Instant;
}

/**
 * A session brings lines within a second; the pages, which are asked for all the time, bring whatever it left out. When
 * the session ends, the pages go on alone, and a new one begins once they were read.
 */
export class LiveTail {
  readonly #deps: LiveTailDeps;
  readonly #news = new Bell();
  readonly #hurry = new Bell();
  readonly #taken = new Bell();
  readonly #read = new Bell();
  #waiting: LogLine[] = [];
  #pages: TailStep | null = null;
  #reads = { begun: 0, done: 0 };
  #live = false;
  #why: SafeText | null = null;
  /** The pages have to come so far until nothing that a session left out is missing. */
  #sampledTo: Instant = 0;
  #told: LogWay | null = null;

  constructor(deps: LiveTailDeps) {
    this.#deps = deps;
  }

  async *steps(signal: AbortSignal): AsyncGenerator<TailStep, void, void> {
    const end = new AbortController();
    const both = AbortSignal.any([signal, end.signal]);
    const running = Promise.all([this.#keepReading(both), this.#keepSession(both)]);
    try {
      while (!signal.aborted) {
        const step = this.#take();
        if (step === null) await this.#news.heard(signal);
        else yield step;
      }
    } finally {
      end.abort();
      await running;
    }
  }

  /** What there is to tell, the pages first: they have the older lines. */
  #take(): TailStep | null {
    const way = this.#way();
    const pages = this.#pages;
    if (pages !== null) {
      this.#pages = null;
      this.#taken.ring();
      if (pages.kind === 'trouble') return pages;
      this.#told = way;
      return { ...pages, batch: { ...pages.batch, way } };
    }
    const { completeTo } = this.#deps.events;
    if (completeTo === null || (this.#waiting.length === 0 && isSame(way, this.#told))) return null;
    const lines = this.#waiting.sort((one, other) => one.at - other.at);
    this.#waiting = [];
    this.#told = way;
    const batch: LogBatch = { lines: markLate(lines, completeTo), completeTo, notShown: 0, way };
    return { kind: 'batch', batch, systemNow: this.#deps.now() };
  }

  #way(): LogWay {
    const sampled = this.#live && (this.#deps.events.completeTo ?? 0) < this.#sampledTo;
    return { kind: this.#live ? 'live tail' : 'polled', sampled, why: this.#live ? null : this.#why };
  }

  async #keepReading(signal: AbortSignal): Promise<void> {
    const pace = new Pace();
    const { events, now } = this.#deps;
    while (!signal.aborted) {
      this.#reads.begun += 1;
      const { step, waitMs } = await oneStep({ system: SYSTEM, step: () => events.step(), now }, pace);
      this.#reads.done = this.#reads.begun;
      this.#pages = step;
      this.#read.ring();
      this.#news.ring();
      while (this.#pages !== null && !signal.aborted) await this.#taken.heard(signal);
      const early = await this.#hurry.heard(signal, waitMs);
      if (early) await rest(step.kind === 'trouble' ? waitMs : HURRY_MS, signal);
    }
  }

  async #keepSession(signal: AbortSignal): Promise<void> {
    const { group, refusals } = this.#deps;
    let retryMs = FIRST_RETRY_MS;
    while (!signal.aborted) {
      const refusal = refusals.of(group);
      if (refusal !== null) {
        this.#polled(refusal.why);
        await rest(FIRST_RETRY_MS, signal);
        continue;
      }
      const begunAt = performance.now();
      const failure = await this.#session(signal);
      if (failure === null) return;
      this.#polled(isTimeUp(failure) ? null : whyPolled(failure));
      refusals.learn(group, failure);
      await this.#untilRead(signal);
      if (isTimeUp(failure) || refusals.of(group) !== null) continue;
      if (performance.now() - begunAt > GOOD_MS) retryMs = FIRST_RETRY_MS;
      await rest(retryMs / 2 + (Math.random() * retryMs) / 2, signal);
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    }
  }

  /** One session from its begin to its end; null: nobody wants it any more. */
  async #session(signal: AbortSignal): Promise<Failure | null> {
    this.#deps.begins();
    try {
      for await (const update of this.#deps.session(signal)) {
        this.#live = true;
        this.#heed(update);
        this.#news.ring();
      }
      throw new Failure(SYSTEM, 'reset', 'The live tail has ended.');
    } catch (thrown) {
      return signal.aborted ? null : toFailure(SYSTEM, thrown);
    }
  }

  #heed({ events, sampled }: SessionUpdate): void {
    const room = MOST_WAITING - this.#waiting.length;
    const cut = events.length > room;
    for (const event of cut ? events.slice(0, room) : events) {
      const line = this.#deps.toLine(event);
      if (line !== null) this.#waiting.push(line);
    }
    if (!sampled && !cut) return;
    this.#sampledTo = this.#deps.now();
    this.#hurry.ring();
  }

  #polled(why: SafeText | null): void {
    this.#live = false;
    this.#why = why;
    this.#news.ring();
  }

  /** Until pages that were asked for from now on have come, or could not be read. */
  async #untilRead(signal: AbortSignal): Promise<void> {
    const wanted = this.#reads.begun + 1;
    this.#hurry.ring();
    while (this.#reads.done < wanted && !signal.aborted) await this.#read.heard(signal);
  }
}

/** A session lasts three hours; the next one may begin at once. */
function isTimeUp({ details }: Failure): boolean {
  return details.vendorCode === 'SessionTimeoutException';
}

function isSame(one: LogWay, other: LogWay | null): boolean {
  return one.kind === other?.kind && one.sampled === other.sampled && one.why === other.why;
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await new Bell().heard(signal, ms);
}
