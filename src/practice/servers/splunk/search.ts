import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../../model/instant.ts';
import { RETENTION } from '../../world/logs.ts';
import type { PracticeLogLine } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { matches, type Row, SearchEvent } from './event.ts';
import { Kept } from './kept.ts';
import { narrow } from './narrow.ts';
import { badSearch, type Refusal } from './refusal.ts';
import { fieldsRead, isTransforming, type Pipeline } from './spl/pipeline.ts';
import { parseTime } from './spl/time.ts';
import { chain } from './stages.ts';

/** A search with its bounds resolved at the moment it was sent. */
export interface PreparedSearch {
  readonly text: string;
  readonly pipeline: Pipeline;
  readonly transforming: boolean;
  readonly earliest: Instant;
  readonly latest: Instant;
  readonly indexEarliest: Instant | null;
  readonly indexLatest: Instant | null;
  /** Result rows kept. */
  readonly maxCount: number;
  /** How long it takes at least, in real milliseconds. */
  readonly paceMs: number;
}

export interface SearchProgress {
  /** Share of the span read, 0 to 1. */
  done: number;
  scanned: number;
  /** Events that matched. */
  found: number;
  truncated: boolean;
  rows: Row[];
  /** Set from outside to stop early and keep what was found. */
  finalized: boolean;
  paused: boolean;
  /** Whether it tells of its rows before it has ended. */
  previews: boolean;
  /** The rows that the answer would have if it ended now. */
  preview(): readonly Row[];
}

/** Index time of whole seconds, as `_indextime` is. */
const wholeSecond = (at: Instant | null) => (at === null ? undefined : Math.ceil(at / SECOND) * SECOND);
/** How much further a search counts once it keeps no more rows. */
const COUNT_ON = 100_000;
const ALL = Number.MAX_SAFE_INTEGER;
const SLICE_BUDGET_MS = 15;
const MS_AN_HOUR = 3 * SECOND;
const QUICKEST_MS = 400;
const SLOWEST_MS = 8 * SECOND;
/** A slow search takes at least so many steps, and looks up from its rest so often. */
const STEPS = 20;
const REST_MS = 20;

export function prepare(pipeline: Pipeline, parameters: URLSearchParams, now: Instant): PreparedSearch {
  const { times } = pipeline.clause;
  const bound = (name: string, parameter: string): Instant | null => {
    const inText = times.get(name);
    const text = inText ?? parameters.get(parameter);
    if (text === null || text === undefined || text === '') return null;
    if (text.startsWith('rt')) throw badSearch('You do not have permission to run real-time searches.');
    const at = parseTime(text, now);
    if (at === null) throw invalidTime(name, text, inText !== undefined);
    return at;
  };
  const earliest = bound('earliest', 'earliest_time') ?? 0;
  const latest = bound('latest', 'latest_time') ?? now + 1;
  if (latest < earliest) {
    throw badSearch('Invalid latest_time: latest_time must be after earliest_time.');
  }
  return {
    text: parameters.get('search') ?? '',
    pipeline,
    transforming: pipeline.commands.some(isTransforming),
    earliest,
    latest,
    indexEarliest: bound('index_earliest', 'index_earliest'),
    indexLatest: bound('index_latest', 'index_latest'),
    maxCount: Math.min(Number(parameters.get('max_count')) || 10_000, 500_000),
    paceMs: paceOf(parameters, Math.min(latest, now) - Math.max(earliest, now - RETENTION)),
  };
}

/** A search that finds out about every field (Search Manual, "Search modes") is a slow one. */
function paceOf(parameters: URLSearchParams, span: number): number {
  if (!/^(smart|verbose)$/.test(parameters.get('adhoc_search_level') ?? '')) return 0;
  return Math.min(SLOWEST_MS, Math.max(QUICKEST_MS, (span / HOUR) * MS_AN_HOUR));
}

export function newProgress(): SearchProgress {
  const rows: Row[] = [];
  const flags = { truncated: false, finalized: false, paused: false, previews: false };
  return { done: 0, scanned: 0, found: 0, rows, ...flags, preview: () => rows };
}

/** Reads the store backwards in slices that leave the process free in between; ends when all was read. */
export async function runSearch(
  search: PreparedSearch,
  progress: SearchProgress,
  world: Pick<World, 'logs' | 'now'>,
): Promise<void> {
  const { nothing, query } = narrow(search.pipeline.clause.where);
  const last = { push: (row: Row) => keep(row, search, progress), end: () => undefined };
  const from = Math.max(search.earliest, world.now() - RETENTION, (search.indexEarliest ?? 0) - MINUTE * 2);
  const to = Math.min(search.latest, world.now() + 1, search.indexLatest ?? Infinity);
  const range = { from, to };
  const stages = chain(search.pipeline.commands, range, last);
  const kept = search.paceMs > 0 && search.transforming ? new Kept(search.pipeline.commands, range) : null;
  if (kept !== null) progress.preview = () => kept.answer();
  let wants = !nothing;
  let paced = 0;
  const widest = search.paceMs === 0 ? DAY : Math.max(10 * SECOND, (to - from) / STEPS);
  let slice = Math.min(MINUTE, widest);
  for (let end = to; wants && end > from && !progress.finalized; ) {
    const begin = Math.max(from, Math.floor((end - slice) / (10 * SECOND)) * 10 * SECOND);
    const started = performance.now();
    const lines = world.logs.lines({
      ...query,
      from: begin,
      to: end,
      ...bounds(search),
      limit: ALL,
    });
    wants = feed(lines, search, progress, (row) => {
      kept?.rows.push(row);
      return stages.push(row);
    });
    end = begin;
    progress.done = (to - end) / Math.max(to - from, 1);
    slice =
      performance.now() - started < SLICE_BUDGET_MS
        ? Math.min(slice * 2, widest)
        : Math.max(slice / 2, MINUTE);
    await nextTurn();
    paced = await keepPace(paced, search.paceMs * progress.done, progress);
    while (progress.paused && !progress.finalized) await sleep(REST_MS, undefined, { ref: false });
  }
  stages.end();
  progress.preview = () => progress.rows;
  progress.done = 1;
}

/** Rests until so much time has passed, or until something is wanted of it; gives the time that has passed. */
async function keepPace(passedMs: number, dueMs: number, progress: SearchProgress): Promise<number> {
  let passed = passedMs;
  while (passed + REST_MS <= dueMs && !progress.finalized && !progress.paused) {
    await sleep(REST_MS, undefined, { ref: false });
    passed += REST_MS;
  }
  return passed;
}

function bounds(search: PreparedSearch): { indexedFrom?: Instant; indexedTo?: Instant } {
  const indexedFrom = wholeSecond(search.indexEarliest);
  const indexedTo = wholeSecond(search.indexLatest);
  return {
    ...(indexedFrom === undefined ? {} : { indexedFrom }),
    ...(indexedTo === undefined ? {} : { indexedTo }),
  };
}

function feed(
  lines: readonly PracticeLogLine[],
  search: PreparedSearch,
  progress: SearchProgress,
  push: (row: Row) => boolean,
): boolean {
  const names = fieldsRead(search.pipeline.commands);
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    if (line === undefined) continue;
    const event = new SearchEvent(line);
    progress.scanned++;
    if (!matches(search.pipeline.clause.where, (field) => event.get(field))) continue;
    progress.found++;
    if (!push(event.row(names))) return false;
  }
  return true;
}

function keep(row: Row, search: PreparedSearch, progress: SearchProgress): boolean {
  if (progress.rows.length < search.maxCount) progress.rows.push(row);
  else progress.truncated = true;
  return !progress.truncated || progress.found < search.maxCount + COUNT_ON;
}

function invalidTime(name: string, text: string, inText: boolean): Refusal {
  return badSearch(inText ? `Invalid value "${text}" for time term '${name}'` : `Invalid ${name}_time.`);
}
