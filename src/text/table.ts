import type { Paint, Tone } from './paint.ts';
import { fitTo, width } from './width.ts';

export interface Cell {
  readonly text: string;
  readonly tone?: Tone | null;
}

export interface Column {
  readonly align?: 'left' | 'right';
  /** The column that gives way when the line is too wide, and takes nothing more than it needs. */
  readonly gives?: boolean;
}

const GAP = 2;
const LEAST = 8;

/** Lines of aligned columns, at most `columns` wide (0: as wide as it wants). Columns that are empty throughout vanish. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  room: number,
  paint: Paint,
): readonly string[] {
  const widths = columns.map((_, index) => Math.max(0, ...rows.map((row) => width(row[index]?.text ?? ''))));
  const shown = columns.map((_, index) => index).filter((index) => (widths[index] ?? 0) > 0);
  shrink(columns, widths, shown, room);
  return rows.map((row) =>
    shown
      .map((index) => {
        const cell = row[index] ?? { text: '' };
        const last = index === shown.at(-1) && columns[index]?.align !== 'right';
        const padded = fitTo(cell.text, widths[index] ?? 0, columns[index]?.align);
        return painted(paint, cell.tone ?? null, last ? padded.trimEnd() : padded);
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function shrink(columns: readonly Column[], widths: number[], shown: readonly number[], room: number): void {
  if (room === 0) return;
  const total = () => shown.reduce((sum, index) => sum + (widths[index] ?? 0), 0) + GAP * (shown.length - 1);
  for (const index of shown) {
    const over = total() - room;
    if (over <= 0) return;
    if (columns[index]?.gives === true) widths[index] = Math.max(LEAST, (widths[index] ?? 0) - over);
  }
}

/** Colours the text alone, never the padding around it: backgrounds stay as wide as their words. */
function painted(paint: Paint, tone: Tone | null, text: string): string {
  const [, before = '', middle = '', after = ''] = /^( *)(.*?)( *)$/s.exec(text) ?? [];
  return before + paint(tone, middle) + after;
}
