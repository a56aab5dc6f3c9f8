import type { LogLine } from '../../model/log-line.ts';
import { isErrorLevel } from './log-level.ts';
import type { LogsView } from './logs-view.ts';

/** Stops following: the newest line keeps its row, and has the cursor. */
export function pause(view: LogsView, lines: readonly LogLine[], total: number, height: number): LogsView {
  const last = lines.at(-1);
  if (view.anchor !== null || last === undefined) return view;
  const row = Math.max(0, Math.min(lines.length, height) - 1);
  return { ...view, anchor: { key: last.id, row }, totalAtPause: total };
}

export function follow(view: LogsView): LogsView {
  return { ...view, anchor: null };
}

/** Moves the cursor by `delta` lines; the window follows only as far as it must. */
export function moveLine(view: LogsView, lines: readonly LogLine[], delta: number, height: number): LogsView {
  if (view.anchor === null || lines.length === 0) return view;
  const from = Math.max(0, indexOf(view, lines));
  const to = Math.min(lines.length - 1, Math.max(0, from + delta));
  const key = lines[to]?.id ?? view.anchor.key;
  const row = Math.min(Math.max(0, view.anchor.row + to - from), height - 1, to);
  return { ...view, anchor: { key, row } };
}

/** To the error before (-1) or after (1) the cursor; null: there is none. */
export function moveToError(
  view: LogsView,
  lines: readonly LogLine[],
  direction: -1 | 1,
  height: number,
): LogsView | null {
  const from = indexOf(view, lines);
  for (let index = from + direction; index >= 0 && index < lines.length; index += direction) {
    const line = lines[index];
    if (line !== undefined && isErrorLevel(line.level)) return moveLine(view, lines, index - from, height);
  }
  return null;
}

export function cursorLine(view: LogsView, lines: readonly LogLine[]): LogLine | null {
  return (view.anchor === null ? lines.at(-1) : lines[indexOf(view, lines)]) ?? null;
}

function indexOf(view: LogsView, lines: readonly LogLine[]): number {
  const index = lines.findIndex(({ id }) => id === view.anchor?.key);
  return Math.max(0, index);
}
