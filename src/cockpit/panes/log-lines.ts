import { SECOND } from '../../model/instant.ts';
import type { LogLine } from '../../model/log-line.ts';
import { duration } from '../../text/time.ts';
import type { Anchor } from '../stores/anchor.ts';
import { type Line, toWidth } from '../widgets/line.ts';
import { type LogRowForm, logRow } from './log-row.ts';

export interface LogRows extends LogRowForm {
  /** Those that the filters let through, oldest first. */
  readonly lines: readonly LogLine[];
  /** null: follow the newest. */
  readonly anchor: Anchor | null;
  /** Between lines that are further apart than `GAP_MS`, a row says so. */
  readonly gaps: boolean;
  /** Notes by `markKey`. */
  readonly marks: ReadonlyMap<string, string>;
  readonly height: number;
}

const GAP_MS = 10 * SECOND;

/** The rows of the window: the newest at the bottom, or the anchored line on its row. Only what is drawn is built. */
export function logLines(rows: LogRows): Line[] {
  const { lines, anchor, height } = rows;
  const at = anchor === null ? -1 : lines.findIndex(({ id }) => id === anchor.key);
  if (anchor === null || lines.length === 0) return upwards(rows, lines.length - 1, height);
  // The anchored line has left the buffer: the oldest one is the nearest.
  const index = Math.max(0, at);
  const before = rowsBefore(rows, index);
  const above = [...upwards(rows, index - 1, Math.min(anchor.row, height - 1) - before.length), ...before];
  const below: Line[] = [];
  for (let next = index; next < lines.length && above.length + below.length < height; next++) {
    below.push(...(next === index ? [] : rowsBefore(rows, next)), ...lineRows(rows, next, next === index));
  }
  return [...above, ...below].slice(0, height);
}

function upwards(rows: LogRows, from: number, height: number): Line[] {
  let window: Line[] = [];
  for (let index = from; index >= 0 && window.length < height; index--) {
    window = [...rowsBefore(rows, index), ...lineRows(rows, index, false), ...window];
  }
  return height <= 0 ? [] : window.slice(-height);
}

function lineRows(rows: LogRows, index: number, cursor: boolean): Line[] {
  const line = rows.lines[index];
  return line === undefined ? [] : logRow(rows, line, cursor);
}

/** What belongs to a line and stands before it. */
function rowsBefore(rows: LogRows, index: number): Line[] {
  return [...gapRow(rows, index), ...markRow(rows, index)];
}

function markRow({ marks, lines, width }: LogRows, index: number): Line[] {
  const line = marks.size === 0 ? undefined : lines[index];
  const note = line === undefined ? undefined : marks.get(markKey(line));
  return note === undefined
    ? []
    : [toWidth([{ text: `         ◆ ${note}`.trimEnd(), tone: 'muted' }], width)];
}

/** By what a line is known again, whoever reads it. */
export function markKey({ service, at, message }: Pick<LogLine, 'service' | 'at' | 'message'>): string {
  return `${service} ${at} ${message}`;
}

/** Nothing was said for a while before this line. */
function gapRow({ gaps, lines, width }: LogRows, index: number): Line[] {
  const [before, line] = [lines[index - 1], lines[index]];
  if (!gaps || before === undefined || line === undefined || line.at - before.at < GAP_MS) return [];
  const text = `         · ${duration(line.at - before.at)} without a line ·`;
  return [toWidth([{ text, tone: 'muted' }], width)];
}
