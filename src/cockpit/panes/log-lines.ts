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
  const gap = gapRow(rows, index);
  const above = [...upwards(rows, index - 1, Math.min(anchor.row, height - 1) - gap.length), ...gap];
  const below: Line[] = [];
  for (let next = index; next < lines.length && above.length + below.length < height; next++) {
    below.push(...(next === index ? [] : gapRow(rows, next)), ...lineRows(rows, next, next === index));
  }
  return [...above, ...below].slice(0, height);
}

function upwards(rows: LogRows, from: number, height: number): Line[] {
  let window: Line[] = [];
  for (let index = from; index >= 0 && window.length < height; index--) {
    window = [...gapRow(rows, index), ...lineRows(rows, index, false), ...window];
  }
  return height <= 0 ? [] : window.slice(-height);
}

function lineRows(rows: LogRows, index: number, cursor: boolean): Line[] {
  const line = rows.lines[index];
  return line === undefined ? [] : logRow(rows, line, cursor);
}

/** Nothing was said for a while before this line. */
function gapRow({ gaps, lines, width }: LogRows, index: number): Line[] {
  const [before, line] = [lines[index - 1], lines[index]];
  if (!gaps || before === undefined || line === undefined || line.at - before.at < GAP_MS) return [];
  const text = `         · ${duration(line.at - before.at)} without a line ·`;
  return [toWidth([{ text, tone: 'muted' }], width)];
}
