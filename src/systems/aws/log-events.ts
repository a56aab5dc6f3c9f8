import { Failure } from '../../model/failure.ts';
import { type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogBatch, LogLine } from '../../model/log-line.ts';
import type { Ledger } from './log-ledger.ts';
import { factsOf, markLate, toLogLine } from './log-line.ts';
import { newestEvents } from './log-newest.ts';
import type { EventPages } from './log-page.ts';

const FIRST_EVENTS = 500;
const MAX_LINES_A_STEP = 5_000;
const MAX_PAGES_A_STEP = 40;
/** FilterLogEvents searches by event time and knows no index time: each window begins this much before the last one's end. */
const OVERLAP_MS = MINUTE;
/** Now and then a look further back, for events that were ingested late. */
const LATE_MS = 5 * MINUTE;
const LATE_EVERY_MS = MINUTE;
/** What is newer may not be searchable yet. */
const LAG_MS = 2 * SECOND;

export interface LogEventsDeps {
  readonly service: string;
  readonly sinceMs: number;
  readonly ledger: Ledger;
  readonly pages: EventPages;
  /** CloudWatch's clock. */
  now(): Instant;
}

/** A window that is being read, in event time. */
interface Window {
  readonly from: Instant;
  readonly to: Instant;
  /** Whether it looks back for late events. */
  readonly late: boolean;
  /** The page to go on with; missing: the first one. */
  nextToken?: string | undefined;
}

/**
 * All events of one log group, window after window. A page may hold fewer events than asked for, even none, and still
 * go on; only the last page of a window proves that it was read:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 * An event that is ingested within three minutes of its own time is found.
 */
export class LogEvents {
  readonly #deps: LogEventsDeps;
  /** When somebody began to look, on a clock that nothing sets. */
  readonly #askedAt = performance.now();
  #completeTo: Instant | null = null;
  /** Where the tail begins: older events were not asked for. */
  #begin: Instant = 0;
  #lookedBackAt: Instant = 0;
  #window: Window | null = null;

  constructor(deps: LogEventsDeps) {
    this.#deps = deps;
  }

  /** Every event with its time before this was asked for; null: none. */
  get completeTo(): Instant | null {
    return this.#completeTo;
  }

  /**
   * What came since the last step: the last lines at once, then the windows after them, a part of one in each step
   * where it holds much. A step that throws has shown nothing.
   */
  async step(): Promise<LogBatch> {
    const completeTo = this.#completeTo;
    if (completeTo === null) return this.#first();
    this.#window ??= this.#nextWindow(completeTo);
    if (this.#window === null) return { lines: [], completeTo, notShown: 0 };
    const lines = await this.#read(this.#window, completeTo);
    return { lines, completeTo: this.#completeTo ?? completeTo, notShown: 0 };
  }

  async #first(): Promise<LogBatch> {
    const { pages, sinceMs, now } = this.#deps;
    // Spans are told in CloudWatch's own time, which only an answer of it tells.
    await pages(now(), now() + 1, undefined, 1);
    const end = now();
    // However long the first answer took: what came meanwhile is wanted too.
    const oldest = Math.floor(end - sinceMs - (performance.now() - this.#askedAt));
    const events = await newestEvents(pages, { oldest, end }, FIRST_EVENTS);
    this.#begin = events.length < FIRST_EVENTS ? oldest : (events[0]?.timestamp ?? oldest);
    this.#lookedBackAt = end;
    this.#completeTo = end - LAG_MS;
    const lines = this.#fresh(events);
    return { lines, completeTo: this.#completeTo, notShown: 0, from: this.#begin };
  }

  #nextWindow(completeTo: Instant): Window | null {
    const now = this.#deps.now();
    const to = now - LAG_MS;
    if (to <= completeTo) return null;
    const late = now - this.#lookedBackAt >= LATE_EVERY_MS;
    if (late) this.#lookedBackAt = now;
    return { from: Math.max(this.#begin, completeTo - (late ? LATE_MS : OVERLAP_MS)), to, late };
  }

  async #read(window: Window, before: Instant): Promise<readonly LogLine[]> {
    const lines: LogLine[] = [];
    for (let page = 0; page < MAX_PAGES_A_STEP && lines.length < MAX_LINES_A_STEP; page += 1) {
      try {
        const { events, nextToken } = await this.#deps.pages(window.from, window.to, window.nextToken);
        lines.push(...this.#fresh(events));
        window.nextToken = nextToken;
      } catch (thrown) {
        // A token that is not taken (they last a day) does not end the tail: what the window brought is known.
        if (thrown instanceof Failure && thrown.code === 'invalid') window.nextToken = undefined;
        if (lines.length === 0) throw thrown;
        break;
      }
      if (window.nextToken === undefined) {
        this.#finish(window);
        break;
      }
    }
    return markLate(lines.sort(byTime), before);
  }

  #finish({ from, to, late }: Window): void {
    this.#window = null;
    this.#completeTo = to;
    if (late) this.#deps.ledger.forget(from - LATE_MS);
  }

  #fresh(events: Awaited<ReturnType<EventPages>>['events']): LogLine[] {
    return events.flatMap((event) => {
      const facts = factsOf(event);
      if (facts === null || event.eventId === undefined) return [];
      const id = this.#deps.ledger.found(event.eventId, facts);
      return id === null ? [] : [toLogLine(id, facts, event, this.#deps.service)];
    });
  }
}

/** Those of one millisecond stay as the log system has them. */
function byTime(one: LogLine, other: LogLine): number {
  return one.at - other.at;
}
