import type { Row } from './row.ts';
import type { Styles } from './styles.ts';

/** Writes cells for a terminal, by the cheapest moves; knows where the cursor is and how what it writes looks. */
export class Pen {
  readonly #styles: Styles;
  #bytes = '';
  #row = -1;
  /** -1: not known, as after a glyph whose width terminals do not agree on. */
  #column = -1;
  #look = 0;

  constructor(styles: Styles) {
    this.#styles = styles;
  }

  /** Erases the screen of which nothing is known. */
  begin(): void {
    this.#bytes = '\x1b[m\x1b[2J';
  }

  /** Writes the cells of a span; the second halves of wide glyphs come with the first. */
  write(row: Row, y: number, from: number, to: number): void {
    this.#near(row, y, from);
    for (let column = from; column < to; column += 1) this.#cell(row, column);
  }

  /** Erases the rest of the row. */
  erase(row: Row, y: number, from: number): void {
    this.#near(row, y, from);
    this.#restyle(0);
    this.#bytes += '\x1b[K';
  }

  /** All of it; the terminal writes plainly again. */
  end(): string {
    this.#restyle(0);
    return this.#bytes;
  }

  #cell(row: Row, column: number): void {
    const glyph = row.glyphs[column] ?? ' ';
    if (glyph === '') return;
    if (this.#column !== column) this.#bytes += `\x1b[${column + 1}G`;
    this.#restyle(row.styles[column] ?? 0);
    this.#bytes += glyph;
    const next = column + (row.glyphs[column + 1] === '' ? 2 : 1);
    // Behind the last column the cursor waits in it; of glyphs of several code units terminals tell different widths.
    this.#column = glyph.length === 1 && next < row.glyphs.length ? next : -1;
  }

  #restyle(look: number): void {
    this.#bytes += this.#styles.transition(this.#look, look);
    this.#look = look;
  }

  /** To that column: by writing what is between once more, or by a move. */
  #near(row: Row, y: number, column: number): void {
    if (this.#row === y && this.#column === column) return;
    const move = this.#move(y, column);
    if (this.#row === y && this.#column >= 0 && this.#column < column) {
      const before = { bytes: this.#bytes, look: this.#look };
      for (let at = this.#column; at < column; at += 1) this.#cell(row, at);
      if (this.#column === column && this.#bytes.length - before.bytes.length <= move.length) return;
      this.#bytes = before.bytes;
      this.#look = before.look;
    }
    this.#bytes += move;
    this.#row = y;
    this.#column = column;
  }

  #move(y: number, column: number): string {
    const absolute = column === 0 ? `\x1b[${y + 1}H` : `\x1b[${y + 1};${column + 1}H`;
    const below = this.#row >= 0 && y === this.#row + 1;
    if (below) return shorter(absolute, `\r\n${ahead(column)}`);
    if (this.#row !== y) return absolute;
    const there = shorter(absolute, column === 0 ? '\r' : `\x1b[${column + 1}G`);
    if (this.#column < 0 || this.#column > column) return there;
    return shorter(there, ahead(column - this.#column));
  }
}

function ahead(columns: number): string {
  return columns === 0 ? '' : columns === 1 ? '\x1b[C' : `\x1b[${columns}C`;
}

function shorter(one: string, other: string): string {
  return other.length < one.length ? other : one;
}
