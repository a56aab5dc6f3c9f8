import { truncate } from '../../text/width.ts';
import type { Output } from '../row.ts';

const ERASE_LINE = '\r\u001b[K';

/** On a terminal, a last line that tells who has not answered yet, gone again before anything else is printed. */
export class Waiting {
  readonly #output: Output | null;
  #shown = false;

  /** null: nothing is printed. */
  constructor(output: Output | null) {
    this.#output = output;
  }

  show(names: readonly string[]): void {
    const output = this.#output;
    if (output === null || !output.isTerminal || !output.color) return;
    this.#erase();
    if (names.length === 0) return;
    output.write(truncate(`…     asking ${names.join(', ')}`, Math.max(1, output.columns - 1)));
    this.#shown = true;
  }

  print(text: string): void {
    this.#erase();
    this.#output?.write(text);
  }

  #erase(): void {
    if (this.#shown) this.#output?.write(ERASE_LINE);
    this.#shown = false;
  }
}
