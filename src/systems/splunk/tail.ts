import { HOUR, type Instant, localNow, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogBatch, LogLine } from '../../model/log-line.ts';
import { Delay } from '../log/delay.ts';
import { ago, ahead, type JobAnswer, type JobRequest, newestLack } from './job.ts';
import { type Row, toLogLine } from './log-line.ts';
import { Shown } from './shown.ts';
import { MAX_ROWS, readWindow } from './window.ts';

/** What is newer than this may not be searchable yet. */
const LAG_MS = 2 * SECOND;
/** Index times are whole seconds and lines become searchable out of order: each window begins before the last one's end. */
const OVERLAP_MS = 30 * SECOND;
/** Now and then a look further back, for indexers that lag: what is searchable so long after it was indexed is shown. */
const SWEEP_MS = 5 * MINUTE;
const SWEEP_EVERY_MS = MINUTE;
/** Events dated ahead of Splunk's clock are shown up to this far. */
export const AHEAD_MS = 5 * MINUTE;
/** Events that were indexed so long after their own time are shown; older ones need not be. */
const MAX_AGE_MS = HOUR;
/** After a long silence so much is caught up on in one step. */
const STRIDE_MS = 6 * HOUR;
const FIRST_ROWS = MAX_ROWS;
/** The identities of five minutes of 1,000 lines a second. */
const REMEMBERED = 300_000;

export interface TailDeps {
  /** Whose line a row is. */
  serviceOf(row: Row): string;
  readonly sinceMs: number;
  /** Search text for all rows, for their number by index second (`countsSpl`), and for the newest `n`. */
  readonly spl: { readonly all: string; readonly counts: string; newest(n: number): string };
  accepts(line: LogLine): boolean;
  run(request: JobRequest): Promise<JobAnswer>;
  /** Splunk's clock. */
  now(): Instant;
}

/** Where the tail stands; on Splunk's clock, whole seconds. */
interface Mark {
  /** Everything indexed before this was shown. */
  readonly watermark: Instant;
  /** Where it ended when it last looked further back. */
  readonly sweptTo: Instant;
  /** Everything that tells an earlier time of its own was shown, but for late lines. */
  readonly linesTo: Instant;
}

/**
 * A live tail made of normal searches over index time: only a job that is done proves that its window is complete.
 * The watermark advances over a window after that proof, never else; a step that throws changes nothing.
 */
export class Tail {
  readonly #deps: TailDeps;
  readonly #shown = new Shown(REMEMBERED);
  readonly #delay = new Delay();
  /** null: nothing was read yet. */
  #mark: Mark | null = null;
  /** Where the tail begins in event time: older lines were not asked for. */
  #begin = 0;

  constructor(deps: TailDeps) {
    this.#deps = deps;
  }

  async step(): Promise<LogBatch> {
    return this.#mark === null ? this.#first() : this.#next(this.#mark);
  }

  /** The last lines at once, by event time. */
  async #first(): Promise<LogBatch> {
    const deps = this.#deps;
    const started = localNow();
    const answer = await deps.run({
      spl: deps.spl.newest(FIRST_ROWS),
      event: { earliest: ago(deps.sinceMs), latest: ahead(AHEAD_MS) },
      indexed: null,
      maxRows: FIRST_ROWS,
    });
    const lack = newestLack(answer, FIRST_ROWS);
    if (lack !== null && answer.incomplete !== null) throw lack;
    // Splunk's clock when the search began; before its first answer that was not known.
    const now = deps.now() - (localNow() - started);
    const to = wholeSecond(now - LAG_MS);
    const lines = this.#fresh(answer.rows, null);
    // When there were more, the tail begins with the oldest of these.
    const isCut = answer.rows.length >= FIRST_ROWS || lack !== null;
    this.#begin = isCut ? (lines[0]?.at ?? now) : now - deps.sinceMs;
    return { ...this.#advance({ watermark: to, sweptTo: to, linesTo: 0 }, lines), from: this.#begin };
  }

  async #next(mark: Mark): Promise<LogBatch> {
    const { watermark, sweptTo, linesTo } = mark;
    const now = this.#deps.now();
    const to = Math.min(wholeSecond(now - LAG_MS), watermark + STRIDE_MS);
    if (to <= watermark) return { lines: [], completeTo: watermark, linesTo, notShown: 0 };
    const sweeps = now - sweptTo >= SWEEP_EVERY_MS;
    const overlap = watermark - OVERLAP_MS;
    const from = sweeps ? Math.min(overlap, sweptTo - SWEEP_MS) : overlap;
    const read = await readWindow(
      { spl: this.#deps.spl, run: this.#deps.run, shown: this.#shown },
      { from, to },
      { earliest: Math.max(this.#begin, watermark - MAX_AGE_MS), latest: ahead(AHEAD_MS) },
    );
    const lines = this.#fresh(read.rows, mark);
    const { count, window } = read.leftOut();
    const batch = this.#advance({ watermark: to, sweptTo: sweeps ? to : sweptTo, linesTo }, lines);
    return { ...batch, notShown: count, ...(window === null ? {} : { notShownIn: window }) };
  }

  #advance(mark: Mark, lines: readonly LogLine[]): LogBatch {
    for (const line of lines) this.#delay.add(line);
    const linesTo = Math.max(mark.linesTo, wholeSecond(this.#delay.before(mark.watermark)));
    this.#mark = { ...mark, linesTo };
    this.#shown.forget(Math.min(mark.sweptTo - SWEEP_MS, mark.watermark - OVERLAP_MS));
    return { lines, completeTo: mark.watermark, linesTo, notShown: 0 };
  }

  /** Lines not shown before, oldest first; late ones are those whose time was told as complete. */
  #fresh(rows: readonly Row[], told: Mark | null): LogLine[] {
    const late = ({ at, indexedAt }: Pick<LogLine, 'at' | 'indexedAt'>) =>
      told !== null && (indexedAt < told.watermark || at < told.linesTo);
    // Most rows of an overlap were shown already: only those that were not are read.
    return rows
      .filter((row) => this.#shown.add(row))
      .map((row) => toLogLine(row, this.#deps.serviceOf(row), late))
      .filter((line) => line !== null)
      .filter((line) => this.#deps.accepts(line))
      .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  }
}

function wholeSecond(at: Instant): Instant {
  return Math.floor(at / SECOND) * SECOND;
}
