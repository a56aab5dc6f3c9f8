import { HOUR, type Instant, localNow, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogBatch, LogLine } from '../../model/log-line.ts';
import { Seen } from '../log/seen.ts';
import { ago, ahead, at, type JobAnswer, type JobRequest } from './job.ts';
import { type Row, rowId, toLogLine } from './log-line.ts';

/** What is newer than this may not be searchable yet. */
const LAG_MS = 2 * SECOND;
/** Index times are whole seconds and lines become searchable out of order: each window begins before the last one's end. */
const OVERLAP_MS = 30 * SECOND;
/** Now and then a look further back, for indexers that lag. */
const SWEEP_MS = 5 * MINUTE;
const SWEEP_EVERY_MS = MINUTE;
/** Events dated ahead of Splunk's clock are shown up to this far. */
export const AHEAD_MS = 5 * MINUTE;
const MAX_AGE_MS = HOUR;
const MAX_ROWS = 5_000;
const FIRST_ROWS = 5_000;
const MAX_JOBS_A_STEP = 12;
const REMEMBERED = 100_000;

export interface TailDeps {
  readonly service: string;
  readonly sinceMs: number;
  /** Search text for all rows, and for the newest `n`. */
  readonly spl: { readonly all: string; newest(n: number): string };
  accepts(line: LogLine): boolean;
  run(request: JobRequest): Promise<JobAnswer>;
  /** Splunk's clock. */
  now(): Instant;
}

interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * A live tail made of normal searches over index time: only a job that is done proves that its window is complete.
 * The watermark advances over a window after that proof, never else; a step that throws changes nothing.
 */
export class Tail {
  readonly #deps: TailDeps;
  readonly #seen = new Seen(REMEMBERED);
  /** Everything indexed before this was shown; null: nothing yet. */
  #watermark: Instant | null = null;
  /** Where the tail begins in event time: older lines were not asked for. */
  #begin = 0;
  #sweptAt = 0;

  constructor(deps: TailDeps) {
    this.#deps = deps;
  }

  async step(): Promise<LogBatch> {
    return this.#watermark === null ? this.#first() : this.#next(this.#watermark);
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
    // A search that has found enough lines may call itself stopped early.
    if (answer.incomplete !== null && answer.rows.length < FIRST_ROWS) throw answer.incomplete;
    // Splunk's clock when the search began; before its first answer that was not known.
    const now = deps.now() - (localNow() - started);
    const to = wholeSecond(now - LAG_MS);
    const lines = this.#fresh(answer.rows, Number.POSITIVE_INFINITY);
    // When there were more, the tail begins with the oldest of these.
    this.#begin = answer.rows.length < FIRST_ROWS ? now - deps.sinceMs : (lines[0]?.at ?? now);
    this.#watermark = to;
    this.#sweptAt = now;
    return { lines, completeTo: to, notShown: 0 };
  }

  async #next(watermark: Instant): Promise<LogBatch> {
    const now = this.#deps.now();
    const to = wholeSecond(now - LAG_MS);
    if (to <= watermark) return { lines: [], completeTo: watermark, notShown: 0 };
    const sweep = now - this.#sweptAt >= SWEEP_EVERY_MS;
    const found = await this.#read({ from: watermark - (sweep ? SWEEP_MS : OVERLAP_MS), to }, watermark, now);
    const lines = this.#fresh(found.rows, watermark);
    this.#watermark = to;
    if (sweep) this.#sweptAt = now;
    return { lines, completeTo: to, notShown: found.notShown };
  }

  /**
   * All rows of a window, in as many jobs as they need: parts of it while one has too many. What is left out is
   * counted after the watermark only; before it lies the overlap, which was shown already.
   */
  async #read(
    window: Window,
    watermark: Instant,
    now: Instant,
  ): Promise<{ readonly rows: Row[]; readonly notShown: number }> {
    const rows: Row[] = [];
    let notShown = 0;
    const waiting: Window[] = [window];
    for (let jobs = 1; waiting.length > 0; jobs += 1) {
      // Newest first: where the jobs run out, the older half is the one that is cut.
      const part = waiting.pop() ?? window;
      const answer = await this.#deps.run({
        spl: this.#deps.spl.all,
        event: { earliest: at(Math.max(this.#begin, now - MAX_AGE_MS)), latest: ahead(AHEAD_MS) },
        indexed: part,
        maxRows: MAX_ROWS,
      });
      if (answer.incomplete !== null) throw answer.incomplete;
      const straddles = part.from < watermark && watermark < part.to;
      const middle = straddles ? watermark : wholeSecond((part.from + part.to) / 2);
      const cut = answer.rows.length >= MAX_ROWS && answer.found > answer.rows.length;
      if (cut && middle > part.from && jobs + waiting.length + 2 <= MAX_JOBS_A_STEP) {
        waiting.push({ from: part.from, to: middle }, { from: middle, to: part.to });
      } else {
        rows.push(...answer.rows);
        if (part.from >= watermark) notShown += answer.found - answer.rows.length;
      }
    }
    return { rows, notShown };
  }

  /** Lines not shown before, oldest first. */
  #fresh(rows: readonly Row[], completeTo: Instant): LogLine[] {
    const late = (indexedAt: Instant) => indexedAt < completeTo && completeTo !== Number.POSITIVE_INFINITY;
    // Most rows of an overlap were shown already: only those that were not are read.
    return rows
      .filter((row) => this.#isNew(rowId(row)))
      .map((row) => toLogLine(row, this.#deps.service, late))
      .filter((line) => line !== null)
      .filter((line) => this.#deps.accepts(line))
      .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  }

  #isNew(id: string | null): boolean {
    return id !== null && this.#seen.add(id);
  }
}

function wholeSecond(at: Instant): Instant {
  return Math.floor(at / SECOND) * SECOND;
}
