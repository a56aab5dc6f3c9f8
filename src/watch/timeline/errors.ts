import { errorCalm } from '../../insight/error-calm.ts';
import { errorOnset } from '../../insight/error-onset.ts';
import type { Service } from '../../model/catalog.ts';
import type { Deploy } from '../../model/deploy.ts';
import { type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogLine } from '../../model/log-line.ts';
import type { LogSearch, Systems } from '../../model/ports/index.ts';

/** Most lines of one search, and most searches. */
const LINES_READ = 1_000;
const SEARCHES = 8;
/** As long without a burst, and the errors have ended. */
const CALM_MS = 2 * MINUTE;

/** Whose errors are looked for. */
export interface Wanted {
  readonly service: Service;
  /** Its version is to blame. */
  readonly suspect: Deploy;
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The first burst of errors between the suspect's start and the trigger. A search gives the newest lines only:
 * where they are too many, it is repeated on the earlier half of the span.
 */
export async function firstErrors(
  systems: Systems,
  wanted: Wanted,
  trigger: Instant,
  signal: AbortSignal,
): Promise<LogLine | null> {
  const search = await systems.logSearch();
  const from = wanted.suspect.startedAt;
  let to = trigger;
  let found: LogLine | null = null;
  for (let tries = 0; tries < SEARCHES && to - from >= SECOND; tries++) {
    const lines = await errorsIn(systems, search, wanted, { from, to }, signal);
    const onset = errorOnset(lines, wanted.suspect.version);
    if (lines.length < LINES_READ) return onset ?? found;
    found = onset ?? found;
    to = from + (to - from) / 2;
  }
  return found;
}

/**
 * The last burst of errors after the first one, once it is over: null while they go on. Where the newest lines hold
 * no burst, those before them are searched.
 */
export async function lastErrors(
  systems: Systems,
  wanted: Wanted,
  { from, to }: Span,
  signal: AbortSignal,
): Promise<LogLine | null> {
  const search = await systems.logSearch();
  const end = Math.min(to, systems.now('pagerduty'));
  let before = end;
  for (let tries = 0; tries < SEARCHES && before - from >= SECOND; tries++) {
    const lines = await errorsIn(systems, search, wanted, { from, to: before }, signal);
    const calm = errorCalm(lines, wanted.suspect.version);
    if (calm !== null) return end - calm.at < CALM_MS ? null : calm;
    if (lines.length < LINES_READ) return null;
    before = Math.min(before - SECOND, lines[0]?.at ?? from);
  }
  return null;
}

async function errorsIn(
  systems: Systems,
  search: LogSearch,
  { service, suspect }: Wanted,
  { from, to }: Span,
  signal: AbortSignal,
): Promise<readonly LogLine[]> {
  // Spans are told before the log system's now, which nobody knows until it answered; PagerDuty just did.
  const now = systems.now('pagerduty');
  const query = {
    service,
    environment: suspect.environment,
    sinceMs: now - from,
    untilMs: Math.max(0, now - to),
    contains: 'error',
  };
  return (await search.search(query, LINES_READ, signal)).lines;
}
