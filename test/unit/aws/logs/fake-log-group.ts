import type { FilteredLogEvent, LiveTailSessionLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { Failure, type FailureCode } from '../../../../src/model/failure.ts';
import { MINUTE, SECOND } from '../../../../src/model/instant.ts';
import type { LogLine } from '../../../../src/model/log-line.ts';
import { LogEvents } from '../../../../src/systems/aws/log-events.ts';
import { Ledger } from '../../../../src/systems/aws/log-ledger.ts';
import { factsOf, toLogLine } from '../../../../src/systems/aws/log-line.ts';
import { LiveTail } from '../../../../src/systems/aws/log-live.ts';
import type { EventPages } from '../../../../src/systems/aws/log-page.ts';
import { Refusals } from '../../../../src/systems/aws/log-refusal.ts';
import type { SessionUpdate } from '../../../../src/systems/aws/log-session.ts';

/** Times in milliseconds since `EPOCH`. */
export interface FakeEvent {
  readonly at: number;
  readonly stream: string;
  readonly message: string;
  /** How long after its own time it is ingested: from then on a session tells it. */
  readonly ingestedAfter: number;
  /** How long after that pages have it. */
  readonly searchableAfter: number;
}

export interface FakeGroup {
  readonly events: readonly FakeEvent[];
  /** Events on a page; every other page is empty and goes on all the same. */
  readonly pageSize: number;
  /** Of more events in a second, a session tells so many. */
  readonly sample: number;
  /** How many seconds each session lasts, and how it ends; later ones last. */
  readonly sessions: readonly { readonly seconds: number; readonly ending: Ending }[];
  /** Numbers of the calls for a page that fail. */
  readonly failures: readonly number[];
}

export type Ending = FailureCode | 'SessionTimeoutException';

export const EPOCH = Date.parse('2026-11-17T03:12:00Z');

/** A log group as FilterLogEvents and StartLiveTail tell of it, on the timers' clock. */
export class FakeLogGroup {
  readonly #group: FakeGroup;
  readonly #begun = performance.now();
  readonly #all: readonly (FilteredLogEvent & { readonly searchableAt: number })[];
  #calls = 0;
  #sessions = 0;
  open = 0;

  constructor(group: FakeGroup) {
    this.#group = group;
    this.#all = group.events.map((event, index) => {
      const ingestionTime = EPOCH + event.at + event.ingestedAfter;
      return {
        eventId: String(index),
        timestamp: EPOCH + event.at,
        logStreamName: event.stream,
        message: event.message,
        ingestionTime,
        searchableAt: ingestionTime + event.searchableAfter,
      };
    });
  }

  readonly now = () => EPOCH + Math.floor(performance.now() - this.#begun);

  readonly pages: EventPages = async (from, to, nextToken, limit = this.#group.pageSize) => {
    this.#calls += 1;
    if (this.#group.failures.includes(this.#calls))
      throw new Failure('aws', 'rate_limited', 'Rate exceeded.');
    const found = this.#all
      .filter(({ timestamp = 0, searchableAt }) => {
        return timestamp >= from && timestamp < to && searchableAt <= this.now();
      })
      .sort((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0));
    const [skip = 0, isEmpty = 1] = (nextToken ?? '0 1').split(' ').map(Number);
    if (isEmpty === 1) return { events: [], nextToken: `${skip} 0` };
    const end = skip + limit;
    return { events: found.slice(skip, end), nextToken: end < found.length ? `${end} 1` : undefined };
  };

  async *session(signal: AbortSignal): AsyncGenerator<SessionUpdate, void, void> {
    const plan = this.#group.sessions[this.#sessions];
    this.#sessions += 1;
    this.open += 1;
    try {
      // What was told a moment ago may be told again.
      let from = this.now() - SECOND;
      for (let second = 0; !signal.aborted; second += 1) {
        if (second === plan?.seconds) throw ended(plan.ending);
        await new Promise((resolve) => setTimeout(resolve, SECOND));
        const to = this.now();
        const told = this.#all.filter(({ ingestionTime = 0 }) => ingestionTime >= from && ingestionTime < to);
        from = to;
        const sampled = told.length > this.#group.sample;
        yield { events: sampled ? told.slice(-this.#group.sample) : told, sampled };
      }
    } finally {
      this.open -= 1;
    }
  }
}

function ended(ending: Ending): Failure {
  if (ending !== 'SessionTimeoutException') return new Failure('aws', ending, 'The session broke.');
  const details = { vendorCode: 'SessionTimeoutException' };
  return Object.assign(new Failure('aws', 'unknown', 'Three hours are over.'), { details });
}

/** Follows the group until the signal aborts; every line that was shown. */
export async function followed(group: FakeLogGroup, signal: AbortSignal): Promise<LogLine[]> {
  const ledger = new Ledger();
  const { pages, now } = group;
  const toLine = (event: LiveTailSessionLogEvent) => {
    const facts = factsOf(event);
    const id = facts === null ? null : ledger.told(facts);
    return facts === null || id === null ? null : toLogLine(id, facts, event, 'mailer');
  };
  const tail = new LiveTail({
    group: 'prod mailer',
    events: new LogEvents({ service: 'mailer', sinceMs: MINUTE, ledger, pages, now }),
    refusals: new Refusals(),
    session: (ending) => group.session(ending),
    begins: () => ledger.newSession(),
    toLine,
    now,
  });
  const lines: LogLine[] = [];
  for await (const step of tail.steps(signal)) if (step.kind === 'batch') lines.push(...step.batch.lines);
  return lines;
}
