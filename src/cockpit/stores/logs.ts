import type { LogLine } from '../../model/log-line.ts';
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

/** To the line before (-1) or after (1) the cursor that is wanted; null: there is none. */
export function moveToLine(
  view: LogsView,
  lines: readonly LogLine[],
  direction: -1 | 1,
  height: number,
  wanted: (line: LogLine) => boolean,
): LogsView | null {
  const from = indexOf(view, lines);
  for (let index = from + direction; index >= 0 && index < lines.length; index += direction) {
    const line = lines[index];
    if (line !== undefined && wanted(line)) return moveLine(view, lines, index - from, height);
  }
  return null;
}

export function cursorLine(view: LogsView, lines: readonly LogLine[]): LogLine | null {
  return (view.anchor === null ? lines.at(-1) : lines[indexOf(view, lines)]) ?? null;
}

/** From where the selection began to the cursor; none: nothing is selected. */
export function selectedLines(view: LogsView, lines: readonly LogLine[]): readonly LogLine[] {
  if (view.selectedFrom === null) return [];
  const began = lines.findIndex(({ id }) => id === view.selectedFrom);
  if (began < 0) return [];
  const cursor = view.anchor === null ? lines.length - 1 : indexOf(view, lines);
  return lines.slice(Math.min(began, cursor), Math.max(began, cursor) + 1);
}

/** Opens the line to all that it says, or closes it. */
export function unfold(view: LogsView, id: string, open: boolean): LogsView {
  const unfolded = new Set(view.unfolded);
  if (open) unfolded.add(id);
  else unfolded.delete(id);
  return { ...view, unfolded };
}

function indexOf(view: LogsView, lines: readonly LogLine[]): number {
  const index = lines.findIndex(({ id }) => id === view.anchor?.key);
  return Math.max(0, index);
}
