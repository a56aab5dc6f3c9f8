import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { type Instant, SECOND } from '../../model/instant.ts';
import { decode } from '../http/decode.ts';
import { SYSTEM } from './failure.ts';
import { at, type JobAnswer, type JobRequest } from './job.ts';
import type { Row } from './log-line.ts';
import type { Counts, IndexWindow, LeftOut, Shown } from './shown.ts';

/** Rows of one job. */
export const MAX_ROWS = 5_000;
/** So many rows are read again where fewer jobs are needed for that; where there are more, they are counted first. */
const FEW_ROWS = 2_000;
const MAX_JOBS_A_STEP = 12;
/** One row a second: no answer of Splunk holds more (limits.conf, `maxresultrows`). */
const MAX_SECONDS = 50_000;

export interface WindowDeps {
  readonly spl: { readonly all: string; readonly counts: string };
  readonly shown: Shown;
  run(request: JobRequest): Promise<JobAnswer>;
}

interface EventSpan {
  readonly earliest: Instant;
  /** In Splunk's time modifiers. */
  readonly latest: string;
}

/** A part of a window that is read by one job. */
interface Piece extends IndexWindow {
  readonly rows: number;
}

const countSchema = z.object({ oncall_second: z.coerce.number(), count: z.coerce.number().int() });

/**
 * The rows of a window that may not have been shown. Where it holds more than one job can give, the events are counted
 * by index second first: then only the seconds that have more events than were shown are read, in as many jobs as they
 * need, newest first, and what is left out is known by number and time. `leftOut` is to be called once the rows are
 * shown. Throws a `Failure` where a job's answer lacks anything.
 */
export async function readWindow(
  deps: WindowDeps,
  window: IndexWindow,
  event: EventSpan,
): Promise<{ readonly rows: readonly Row[]; leftOut(): LeftOut }> {
  const { shown, spl } = deps;
  const run = async (text: string, part: IndexWindow, maxRows: number) => {
    const answer = await deps.run({
      spl: text,
      event: { earliest: at(event.earliest), latest: event.latest },
      indexed: part,
      maxRows,
    });
    if (answer.incomplete !== null) throw answer.incomplete;
    return answer;
  };
  let jobs = 1;
  let most = MAX_ROWS;
  const rows: Row[] = [];
  if (shown.known(window) <= FEW_ROWS) {
    const answer = await run(spl.all, window, MAX_ROWS);
    if (!isCut(answer)) {
      return {
        rows: answer.rows,
        leftOut() {
          shown.whole(window);
          return { count: 0, window: null };
        },
      };
    }
    rows.push(...answer.rows);
    most = Math.max(1, answer.rows.length);
    jobs += 1;
  }
  const counts = countsOf(await run(spl.counts, window, MAX_SECONDS));
  const lacking = shown.lacking(counts, event.earliest);
  const waiting = pieces(counts, lacking, most);
  for (; jobs < MAX_JOBS_A_STEP; jobs += 1) {
    const piece = waiting.pop();
    if (piece === undefined) break;
    const answer = await run(spl.all, piece, MAX_ROWS);
    rows.push(...answer.rows);
    if (isCut(answer) && piece.to - piece.from > SECOND) {
      waiting.push(...smaller(piece, counts, lacking, answer.rows.length));
    }
  }
  return { rows, leftOut: () => shown.leaveOut(counts) };
}

/** Every event of these searches is a row: where there are fewer rows, some were not kept, whatever the cap asked for. */
function isCut({ rows, found }: JobAnswer): boolean {
  return found > rows.length;
}

function countsOf({ rows }: JobAnswer): Counts {
  const counts = rows.map((row) => decode(SYSTEM, 'a count of lines', countSchema, row));
  const bySecond = new Map(counts.map(({ oncall_second, count }) => [oncall_second * SECOND, count]));
  if (bySecond.size === counts.length) return bySecond;
  // Pages that overlap give one row twice, and lack another one.
  throw new Failure(SYSTEM, 'unreadable', 'Splunk: a count of lines came twice in one answer.');
}

/** Parts that hold all these seconds, oldest first, each with as many rows as one job can give. */
function pieces(counts: Counts, seconds: readonly Instant[], most: number): Piece[] {
  const wanted = new Set(seconds);
  const made: Piece[] = [];
  // What lies between two of them is read with them where there is room.
  let between = 0;
  for (const [from, rows] of [...counts].sort(([one], [other]) => other - one)) {
    const last = made.at(-1);
    if (!wanted.has(from)) between += rows;
    else {
      if (last !== undefined && last.rows + between + rows <= most) {
        made[made.length - 1] = { from, to: last.to, rows: last.rows + between + rows };
      } else made.push({ from, to: from + SECOND, rows });
      between = 0;
    }
  }
  return made.reverse();
}

/** Where it was cut all the same, into smaller ones: Splunk may keep fewer rows of a job than it was asked for. */
function smaller(piece: Piece, counts: Counts, lacking: readonly Instant[], rows: number): Piece[] {
  const inside = lacking.filter((second) => second >= piece.from && second < piece.to);
  return pieces(counts, inside, rows < piece.rows ? Math.max(1, rows) : Math.ceil(piece.rows / 2));
}
