import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogAround, LogFound } from '../../model/log-counts.ts';
import type { LogLine } from '../../model/log-line.ts';
import type { LogPoint } from '../../model/ports/index.ts';
import { aroundLine, MAX_TIES, tooManyTies } from '../log/sides.ts';
import { newestFound, tooManyPages } from './log-newest.ts';
import type { EventPages } from './log-page.ts';

const SIDE_MS = HOUR;
const MAX_PAGES = 40;

interface AroundDeps {
  readonly pages: EventPages;
  toLines(events: readonly FilteredLogEvent[]): readonly LogLine[];
}

/** Lines around one, of all streams of its log group, an hour to each side. */
export async function eventsAround(
  { pages, toLines }: AroundDeps,
  point: LogPoint,
  limit: number,
): Promise<LogAround> {
  const begin = Math.floor(point.at);
  const oldest = async (from: Instant, to: Instant, wanted: number): Promise<LogFound> => {
    const found = await oldestEvents(pages, from, to, wanted);
    return { ...found, lines: toLines(found.events) };
  };
  const same = await oldest(begin, begin + 1, MAX_TIES);
  const older = await newestFound(pages, { oldest: begin - SIDE_MS, end: begin }, limit + 1);
  const before = { lines: toLines(older.events), incomplete: older.incomplete };
  let after: LogFound = { lines: [], incomplete: null };
  let from = begin + 1;
  // A busy group's next seconds are enough; a page of a whole hour would be as large as pages are.
  for (const ms of [10 * SECOND, 2 * MINUTE, SIDE_MS]) {
    const wanted = limit + 1 - after.lines.length;
    if (wanted <= 0 || after.incomplete !== null) break;
    const more = await oldest(from, begin + 1 + ms, wanted);
    after = { lines: [...after.lines, ...more.lines], incomplete: more.incomplete };
    from = begin + 1 + ms;
  }
  const ties = { ...same, incomplete: same.incomplete ?? tooManyTies('aws', same.lines.length) };
  return aroundLine(point, { before, same: ties, after }, limit);
}

async function oldestEvents(pages: EventPages, from: Instant, to: Instant, wanted: number) {
  const events: FilteredLogEvent[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await pages(from, to, token, Math.min(wanted - events.length, MAX_TIES));
    events.push(...answer.events);
    token = answer.nextToken;
    if (token === undefined || events.length >= wanted)
      return { events: events.slice(0, wanted), incomplete: null };
  }
  return { events, incomplete: tooManyPages(MAX_PAGES) };
}
