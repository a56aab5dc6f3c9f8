import { Failure } from '../../model/failure.ts';
import type { LogAround, LogFound } from '../../model/log-counts.ts';
import type { LogLine } from '../../model/log-line.ts';
import type { LogPoint } from '../../model/ports/log-search.ts';

/** Lines of one moment that are read to put a line in their midst. */
export const MAX_TIES = 5_000;

/**
 * Puts together what was read before a line's moment, in that very moment (millisecond), and after it. Each of the
 * three holds no line of another, so lines of one moment are neither lost nor shown twice, however many there are.
 * Before and after hold one line more than wanted where there are more.
 */
export function aroundLine(
  { id }: LogPoint,
  { before, same, after }: { readonly before: LogFound; readonly same: LogFound; readonly after: LogFound },
  limit: number,
): LogAround {
  const ties = same.lines.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const index = ties.findIndex((line) => line.id === id);
  const cut = index === -1 ? ties.length : index + 1;
  const older = [...before.lines.toSorted(byTime), ...ties.slice(0, cut)];
  const newer = [...ties.slice(cut), ...after.lines.toSorted(byTime)];
  return {
    before: {
      lines: older.slice(-limit),
      more: older.length > limit,
      incomplete: same.incomplete ?? before.incomplete,
    },
    after: {
      lines: newer.slice(0, limit),
      more: newer.length > limit,
      incomplete: same.incomplete ?? after.incomplete,
    },
  };
}

function byTime(one: LogLine, other: LogLine): number {
  return one.at - other.at || (one.id < other.id ? -1 : 1);
}

/** Where a moment holds more lines than are read. */
export function tooManyTies(system: string, count: number): Failure | null {
  if (count < MAX_TIES) return null;
  const text = `More than ${MAX_TIES} lines tell the same time: not all of them are here.`;
  return new Failure(system, 'too_large', text);
}
