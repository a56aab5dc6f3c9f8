import { Pen } from './pen.ts';
import { blankFrom, blankRow, changedSpans, type Row, rowOf } from './row.ts';
import { Styles } from './styles.ts';

/** Erasing costs as much as so many blanks. */
const ERASE_COLUMNS = 3;

/** Turns whole frames into what has to be written so that a terminal shows them: the cells that changed. */
export class Painter {
  readonly #styles = new Styles();
  /** What the terminal shows; null: not known. */
  #lines: readonly string[] | null = null;
  #rows: Row[] = [];
  #columns = 0;

  /** The terminal shows something else by now. */
  forget(): void {
    this.#lines = null;
  }

  /** Empty: nothing changed. */
  paint(frame: string, columns: number, height: number): string {
    const lines = frame.split('\n').slice(0, height);
    const pen = new Pen(this.#styles);
    const isNew = this.#lines === null || columns !== this.#columns || height !== this.#rows.length;
    if (isNew) {
      pen.begin();
      this.#columns = columns;
      this.#rows = Array.from({ length: height }, () => blankRow(columns));
    }
    const before = isNew ? null : this.#lines;
    for (let y = 0; y < height; y += 1) {
      const line = lines[y] ?? '';
      if (before !== null && before[y] === line) continue;
      const row = rowOf(line, columns, this.#styles);
      this.#change(pen, row, y);
      this.#rows[y] = row;
    }
    this.#lines = Array.from({ length: height }, (_, y) => lines[y] ?? '');
    return pen.end();
  }

  #change(pen: Pen, row: Row, y: number): void {
    const before = this.#rows[y] ?? blankRow(this.#columns);
    const blank = blankFrom(row);
    const wasBlank = blankFrom(before);
    const erases = wasBlank - blank > ERASE_COLUMNS;
    for (const [from, to] of changedSpans(before, row)) {
      if (!erases || to <= blank) pen.write(row, y, from, to);
      else if (from < blank) pen.write(row, y, from, blank);
    }
    if (erases) pen.erase(row, y, blank);
  }
}
