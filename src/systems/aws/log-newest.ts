import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { Failure } from '../../model/failure.ts';
import { HOUR, type Instant, MINUTE } from '../../model/instant.ts';
import type { EventPages } from './log-page.ts';

const FIRST_SPAN_MS = 2 * MINUTE;
/** Of a span that holds more than is wanted, the end is looked at: down to this. */
const SHORTEST_SPAN_MS = 250;
const LONGEST_SPAN_MS = 6 * HOUR;
const MAX_PAGES = 40;
/** Then it ends with what it has. */
const MAX_PAGES_IN_ALL = 120;

interface EventSpan {
  readonly oldest: Instant;
  readonly end: Instant;
}

/** The newest `limit` events of a span, oldest first, and why some of them may be missing; null: none is. */
export async function newestFound(
  pages: EventPages,
  span: EventSpan,
  limit: number,
): Promise<{ readonly events: readonly FilteredLogEvent[]; readonly incomplete: Failure | null }> {
  let asked = 0;
  const counted: EventPages = (...request) => {
    asked += 1;
    return pages(...request);
  };
  const events = await newestEvents(counted, span, limit);
  if (events.length >= limit) return { events, incomplete: null };
  if (asked >= MAX_PAGES_IN_ALL) return { events, incomplete: tooManyPages(asked) };
  return { events, incomplete: span.end - span.oldest > LONGEST_SPAN_MS ? tooLong() : null };
}

export function tooManyPages(count: number): Failure {
  const text = `CloudWatch Logs: ${count} pages did not hold all lines that were asked for.`;
  return new Failure('aws', 'too_large', text);
}

function tooLong(): Failure {
  const text = `CloudWatch Logs: only the last ${LONGEST_SPAN_MS / HOUR} h of that time were looked through.`;
  return new Failure('aws', 'too_large', text);
}

/**
 * The newest `limit` events between `oldest` and `end`, oldest first. The API gives the oldest first: a short span at
 * the end is read, shorter ones while it holds too many, and further back while they hold too few.
 */
export async function newestEvents(
  pages: EventPages,
  { oldest, end }: EventSpan,
  limit: number,
): Promise<readonly FilteredLogEvent[]> {
  let newest: readonly FilteredLogEvent[] = [];
  let left = MAX_PAGES_IN_ALL;
  let span = FIRST_SPAN_MS;
  const first = Math.max(oldest, end - LONGEST_SPAN_MS);
  for (let to = end; newest.length < limit && to > first && left > 0; ) {
    const from = Math.max(first, to - span);
    const { events, cut, asked } = await read(pages, from, to, limit * 4, Math.min(left, MAX_PAGES));
    left -= asked;
    if (cut && left > 0 && to - from > SHORTEST_SPAN_MS) {
      span = (to - from) / 8;
      continue;
    }
    newest = [...events, ...newest];
    to = from;
    span *= 4;
  }
  return newest.slice(-limit);
}

async function read(pages: EventPages, from: Instant, to: Instant, most: number, maxPages: number) {
  const events = new Map<string, FilteredLogEvent>();
  let nextToken: string | undefined;
  let asked = 0;
  do {
    const page = await pages(from, to, nextToken);
    asked += 1;
    for (const event of page.events) if (event.eventId !== undefined) events.set(event.eventId, event);
    nextToken = page.nextToken;
  } while (nextToken !== undefined && asked < maxPages && events.size < most);
  return { events: [...events.values()].sort(byTime), cut: nextToken !== undefined, asked };
}

function byTime(one: FilteredLogEvent, other: FilteredLogEvent): number {
  const order = (one.timestamp ?? 0) - (other.timestamp ?? 0);
  return (
    order ||
    (one.ingestionTime ?? 0) - (other.ingestionTime ?? 0) ||
    (one.eventId ?? '').localeCompare(other.eventId ?? '')
  );
}
