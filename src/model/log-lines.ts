import type { Instant } from './instant.ts';
import type { LogLevel, LogLine } from './log-line.ts';

/**
 * Log lines in the order of their time; equal times in the order in which they came. Each has a number that stays its
 * own, ascending by arrival. Lines are read one at a time, so that many of them need not all be at hand.
 */
export interface LogLines {
  readonly length: number;
  /** Another one after every change. */
  readonly revision: number;
  /** Number of the line at a place of the order, 0 ≤ place < length. */
  numberAt(place: number): number;
  /** Place of a line; -1: it is not here, or not any more. */
  placeOf(number: number): number;
  /** Place of the first line at or after that time; `length`: there is none. */
  placeAt(at: Instant): number;
  /** Only for numbers that are here. */
  line(number: number): LogLine;
  timeOf(number: number): Instant;
  levelOf(number: number): LogLevel;
}

/** Lines that are all there, and stay as they are; their numbers are their places. */
export function fixedLines(lines: readonly LogLine[]): LogLines {
  const sorted = [...lines].sort((one, other) => one.at - other.at);
  const line = (number: number): LogLine => {
    const found = sorted[number];
    if (found === undefined) throw new RangeError(`there is no line ${number}`);
    return found;
  };
  return {
    length: sorted.length,
    revision: 0,
    numberAt: (place) => place,
    placeOf: (number) => (sorted[number] === undefined ? -1 : number),
    placeAt(at) {
      const place = sorted.findIndex((each) => each.at >= at);
      return place < 0 ? sorted.length : place;
    },
    line,
    timeOf: (number) => line(number).at,
    levelOf: (number) => line(number).level,
  };
}

const known = new WeakMap<LogLines, { readonly revision: number; readonly lines: readonly LogLine[] }>();

/** All of them at once, in their order; the same array while they have not changed. */
export function allLines(from: LogLines): readonly LogLine[] {
  const before = known.get(from);
  if (before?.revision === from.revision) return before.lines;
  const lines = Array.from({ length: from.length }, (_, place) => from.line(from.numberAt(place)));
  known.set(from, { revision: from.revision, lines });
  return lines;
}
