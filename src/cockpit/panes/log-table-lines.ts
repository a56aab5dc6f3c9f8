import { width as columnsOf } from '../../text/width.ts';
import type { FoundTable, HeldSearch } from '../stores/search.ts';
import { cell, chosen, type Line, toWidth } from '../widgets/line.ts';

const GAP = 2;
/** Narrower than that a column says nothing. */
const LEAST = 6;
/** Rows that the widths are measured by. */
const MEASURED = 500;
const NUMBER = /^-?\d[\d,.]*%?$/;

export interface TableView {
  readonly table: FoundTable;
  /** Under the cursor. */
  readonly row: number;
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

/** The head of the table and as many of its rows as fit, numbers to the right; what is too wide gives way. */
export function tableLines({ table, row, width, height, focused }: TableView): Line[] {
  const shown = columnWidths(table, width - 2);
  const left = table.columns.length - shown.length;
  const room = Math.max(0, height - 1);
  const top = Math.max(0, Math.min(row - Math.floor(room / 2), table.rows.length - room));
  const numeric = shown.map((_, index) =>
    table.rows
      .slice(0, MEASURED)
      .every((cells) => NUMBER.test(cells[index] ?? '') || (cells[index] ?? '') === ''),
  );
  const text = (cells: readonly string[]) =>
    ` ${shown.map((columns, index) => cell(cells[index] ?? '', columns, numeric[index] ? 'right' : 'left')).join(' '.repeat(GAP))}`;
  const head: Line = [
    { text: text(table.columns), bold: true },
    ...(left > 0 ? [{ text: `  +${left}`, tone: 'warn' as const }] : []),
  ];
  const rows = table.rows.slice(top, top + room).map((cells, index): Line => {
    const line: Line = [{ text: text(cells) }];
    return focused && top + index === row ? chosen(line, width) : line;
  });
  return [head, ...rows].map((line) => toWidth(line, width));
}

/** Widths of the columns that have room, from the left. */
export function columnWidths({ columns, rows }: FoundTable, room: number): readonly number[] {
  const wanted = columns.map((name, index) =>
    rows
      .slice(0, MEASURED)
      .reduce((most, cells) => Math.max(most, columnsOf(cells[index] ?? '')), Math.max(1, columnsOf(name))),
  );
  const widths: number[] = [];
  const least = (from: number) =>
    wanted.slice(from).reduce((sum, want) => sum + GAP + Math.min(want, LEAST), 0);
  let left = room;
  for (const [index, want] of wanted.entries()) {
    const gap = index === 0 ? 0 : GAP;
    if (left - gap < Math.min(want, LEAST)) break;
    // The columns behind it keep what little they need, where there is so much.
    const others = Math.min(least(index + 1), Math.max(0, left - gap - Math.min(want, LEAST)));
    const given = Math.max(Math.min(want, LEAST), Math.min(want, left - gap - others));
    widths.push(given);
    left -= gap + given;
  }
  return widths;
}

/** The row over what a search found that says what is not there. */
export function lackRows({ lack, state }: HeldSearch): Line[] {
  return lack === null ? [] : [[{ text: ` ${lack}`, tone: state === 'failed' ? 'bad' : 'warn' }]];
}
