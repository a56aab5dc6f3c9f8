import type { Failure } from '../../model/failure.ts';
import { fixedLines } from '../../model/log-lines.ts';
import type { JobFound, JobStep, LogJob, SearchTime } from '../../model/ports/index.ts';
import { count } from '../../text/time.ts';
import { truncate } from '../../text/width.ts';
import type { Line } from '../widgets/line.ts';
import type { HeldLog } from './logs-view.ts';

/** A time that a search by hand reads. */
export interface SearchRange {
  readonly label: string;
  readonly time: SearchTime;
}

/** Those to choose from; `earliest=` and `latest=` in a search win over them. */
export const RANGES: readonly SearchRange[] = ['15m', '1h', '4h', '24h', '7d'].map((ago) => ({
  label: `last ${ago}`,
  time: { from: `-${ago}`, to: 'now' },
}));
export const FIRST_RANGE = 1;

export type FoundTable = Extract<JobFound, { kind: 'table' }>;

/** What the pane shows of a search. */
export interface HeldSearch {
  /** One search's own. */
  readonly id: number;
  readonly text: string;
  readonly range: SearchRange;
  readonly state: JobStep['state'] | 'failed';
  /** null: it finds lines, or nothing yet. */
  readonly table: FoundTable | null;
  /** Of the table, the row under the cursor. */
  readonly row: number;
  /** What is not here, or why nothing more comes; null: nothing lacks so far. */
  readonly lack: string | null;
}

/** The search that goes on, or went on last. */
export interface RunningSearch {
  readonly id: number;
  readonly job: LogJob | null;
  /** Nothing of it is left behind any more; never rejects. */
  readonly ended: Promise<void>;
}

/** The pane of a search that has begun. */
export function begunSearch(id: number, text: string, range: SearchRange): Omit<HeldLog, 'back'> {
  const search: HeldSearch = { id, text, range, state: 'queued', table: null, row: 0, lack: null };
  return {
    kind: 'search',
    lines: fixedLines([]),
    parts: titleParts(search, [[{ text: 'asking…', tone: 'warn' }]]),
    search,
  };
}

/** The pane after one more step of its search. */
export function steppedSearch(held: HeldLog, search: HeldSearch, step: JobStep): HeldLog {
  const { found, state } = step;
  const table = found.kind === 'table' ? found : null;
  const row = table === null ? 0 : Math.max(0, Math.min(search.row, table.rows.length - 1));
  const next = { ...search, state, table, row, lack: lackOf(step) };
  return {
    ...held,
    search: next,
    lines: found.kind === 'lines' ? fixedLines(found.lines) : held.lines,
    parts: titleParts(next, stepParts(step)),
  };
}

/** The pane of a search that failed: what it had found stays. */
export function failedSearch(held: HeldLog, search: HeldSearch, failure: Failure): HeldLog {
  const next: HeldSearch = { ...search, state: 'failed', lack: failure.text };
  return { ...held, search: next, parts: titleParts(next, [[{ text: 'failed', tone: 'bad' }]]) };
}

const TEXT_COLUMNS = 60;

function titleParts({ range, text }: HeldSearch, parts: readonly Line[]): readonly Line[] {
  return [...parts, [{ text: range.label, tone: 'accent' }], [{ text: truncate(text, TEXT_COLUMNS) }]];
}

function stepParts({ state, progress, events, scanned }: JobStep): readonly Line[] {
  const of = scanned > events ? ` of ${scanned} read` : '';
  return [STATES[state](progress), [{ text: `${count(events, 'event')}${of}` }]];
}

function lackOf({ found, incomplete, state }: JobStep): string | null {
  const here = found.kind === 'lines' ? found.lines.length : found.rows.length;
  const kept =
    found.kind === 'lines' ? `the newest ${count(here, 'line')}` : `the first ${count(here, 'row')}`;
  const more = state === 'ended' && found.more > 0 ? `These are ${kept}; there are ${found.more} more.` : '';
  const lack = [incomplete?.text ?? '', more].filter((text) => text !== '').join(' ');
  return lack === '' ? null : lack;
}

const STATES: Readonly<Record<JobStep['state'], (progress: number) => Line>> = {
  queued: () => [{ text: 'queued', tone: 'warn' }],
  running: (progress) => [{ text: `running ${Math.floor(progress * 100)}%`, tone: 'good' }],
  paused: (progress) => [{ text: `resting at ${Math.floor(progress * 100)}%`, tone: 'warn' }],
  ended: () => [{ text: 'done', tone: 'good' }],
};
