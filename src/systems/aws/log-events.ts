import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogBatch, LogLine } from '../../model/log-line.ts';
import type { LogQuery } from '../../model/ports/index.ts';
import { safeText } from '../../model/safe-text.ts';
import { readLogText } from '../log/log-text.ts';
import { Seen } from '../log/seen.ts';
import type { AwsClients } from './clients.ts';
import { filterPage, literally } from './log-page.ts';

const FIRST_LINES = 500;
const MAX_LINES_A_STEP = 2_000;
const MAX_PAGES = 40;
const REMEMBERED = 100_000;
/** FilterLogEvents searches by event time and knows no index time: each step looks this much further back for late ones. */
const OVERLAP_MS = MINUTE;
const LAG_MS = 2 * SECOND;
const MAX_SPAN_MS = 6 * HOUR;

export interface LogEventsDeps {
  readonly clients: AwsClients;
  readonly query: LogQuery;
  readonly group: string;
  /** CloudWatch's clock. */
  now(): Instant;
}

interface Found {
  readonly lines: readonly LogLine[];
  /** The cap on pages or lines was reached: the newest lines of the span may be missing. */
  readonly cut: boolean;
}

/**
 * The events of one log group. A page of FilterLogEvents may hold fewer events than asked for, even none, and still
 * go on: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export class LogEvents {
  readonly #deps: LogEventsDeps;
  readonly #seen = new Seen(REMEMBERED);
  #completeTo: Instant | null = null;

  constructor(deps: LogEventsDeps) {
    this.#deps = deps;
  }

  /** The newest `limit` lines of the query's span, oldest first. */
  async newest(limit: number, signal?: AbortSignal): Promise<readonly LogLine[]> {
    // Spans are told in CloudWatch's own time, which only an answer of it tells.
    await this.#page(this.#deps.now(), this.#deps.now() + 1, { limit: 1 }, signal);
    const { sinceMs, untilMs = 0 } = this.#deps.query;
    const now = this.#deps.now();
    let from = now - untilMs;
    let span = 2 * MINUTE;
    let lines: readonly LogLine[] = [];
    const oldest = now - Math.min(sinceMs, untilMs + MAX_SPAN_MS);
    // The API gives the oldest first: look at the newest minutes, and further back only while they hold too few.
    while (lines.length < limit && from > oldest) {
      const since = Math.max(oldest, from - span);
      lines = [...(await this.#find(since, from, signal)).lines, ...lines];
      from = since;
      span *= 4;
    }
    return lines.slice(-limit);
  }

  /** What came since the last step: the last lines at once, then everything with its time after the last step's end. */
  async step(signal: AbortSignal): Promise<LogBatch> {
    const to = this.#deps.now() - LAG_MS;
    const before = this.#completeTo;
    const { lines, cut } =
      before === null
        ? { lines: await this.newest(FIRST_LINES, signal), cut: false }
        : await this.#find(before - OVERLAP_MS, to, signal);
    const fresh = lines.filter(({ id }) => this.#seen.add(id));
    const newest = fresh.at(-1)?.at ?? to;
    this.#completeTo = cut ? Math.min(newest, to) : to;
    return {
      lines: fresh.map((line) => (before !== null && line.at < before ? { ...line, late: true } : line)),
      completeTo: this.#completeTo,
      notShown: 0,
    };
  }

  async #find(from: Instant, to: Instant, signal?: AbortSignal): Promise<Found> {
    const lines: LogLine[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MAX_PAGES && lines.length < MAX_LINES_A_STEP; page += 1) {
      const answer = await this.#page(from, to, nextToken === undefined ? {} : { nextToken }, signal);
      lines.push(
        ...(answer.events ?? []).flatMap((event) => toLogLine(event, this.#deps.query.service.name)),
      );
      nextToken = answer.nextToken;
      if (nextToken === undefined) break;
    }
    lines.sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
    return { lines, cut: nextToken !== undefined };
  }

  #page(from: Instant, to: Instant, more: { nextToken?: string; limit?: number }, signal?: AbortSignal) {
    const { clients, query, group } = this.#deps;
    const { environment, contains } = query;
    const pattern = contains === undefined ? {} : { pattern: literally(contains) };
    return filterPage({ clients, environment, group }, { from, to, ...pattern, ...more }, signal);
  }
}

function toLogLine(event: FilteredLogEvent, service: string): LogLine[] {
  if (event.eventId === undefined || event.timestamp === undefined) return [];
  return [
    {
      id: event.eventId,
      at: event.timestamp,
      indexedAt: event.ingestionTime ?? event.timestamp,
      ...readLogText(event.message ?? ''),
      service,
      instance: event.logStreamName === undefined ? null : safeText(event.logStreamName),
      late: false,
    },
  ];
}
