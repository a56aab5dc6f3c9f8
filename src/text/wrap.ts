import { truncate, width } from './width.ts';

/** Breaks a text into rows of at most `columns` columns, between words; a word is cut only where no row could hold it. */
export function wrap(text: string, columns: number): string[] {
  const rows: string[] = [];
  for (const paragraph of text.split('\n')) {
    let rest = paragraph.replaceAll('\t', '  ');
    while (width(rest) > columns && columns > 0) {
      const head = take(rest, columns);
      const space = rest[head.length] === ' ' ? head.length : head.lastIndexOf(' ');
      const end = breaksWell(rest, space, columns) ? space : Math.max(1, head.length);
      rows.push(rest.slice(0, end));
      rest = rest.slice(end).trimStart();
    }
    rows.push(rest);
  }
  return rows;
}

/** Not after a short word before one that has to be cut anyway. */
function breaksWell(text: string, space: number, columns: number): boolean {
  if (space <= 0) return false;
  if (space > columns / 3) return true;
  const next = text.slice(space + 1, space + 2 + columns);
  return next.includes(' ') || width(next) <= columns;
}

/** As much of the beginning as fits, without a marker: what is left goes on in the next row. */
function take(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  return truncate(text, columns + 1).slice(0, -1);
}
