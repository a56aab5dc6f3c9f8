/** Device Status Report: a terminal that has come so far answers (xterm's ctlseqs document, CSI Ps n). */
export const QUESTION = '\x1b[5n';
const ANSWER = '\x1b[0n';
/** What may be the beginning of an answer. */
const BEGINNING = new RegExp(`${ANSWER[0]}(?:\\[0?)?$`);
const MOST_UNANSWERED = 2;
/** An answer that takes longer was lost; that long one waits for it in the end. */
const PATIENCE_MS = 2_000;

/** How many frames are on their way: asked of the terminal itself, where it answers. */
export class Credit {
  readonly #freed: () => void;
  #answers: 'unknown' | 'yes' | 'over' = 'unknown';
  #asked = 0;
  #unanswered = 0;
  #lastAt = 0;
  #settled: (() => void) | null = null;

  /** @param freed told whenever one more frame may go. */
  constructor(freed: () => void) {
    this.#freed = freed;
  }

  /** Whether another frame may go. A terminal of which no answer has come yet gets them all. */
  get isOpen(): boolean {
    if (this.#answers !== 'yes' || this.#unanswered < MOST_UNANSWERED) return true;
    if (performance.now() - this.#lastAt < PATIENCE_MS) return false;
    this.#unanswered = 0;
    return true;
  }

  /** What goes behind a frame. */
  question(): string {
    if (this.#answers === 'over' || (this.#answers === 'unknown' && this.#asked > 0)) return '';
    this.#asked += 1;
    this.#unanswered += 1;
    this.#lastAt = performance.now();
    return QUESTION;
  }

  /** What a person typed, without the answers in it; `rest` may be the beginning of one. */
  typed(input: string): { readonly text: string; readonly rest: string } {
    const parts = input.split(ANSWER);
    for (let answer = 1; answer < parts.length; answer += 1) this.#answered();
    const text = parts.join('');
    const rest = this.#unanswered > 0 ? (BEGINNING.exec(text)?.[0] ?? '') : '';
    return { text: text.slice(0, text.length - rest.length), rest };
  }

  /** Asks no more; resolves when nothing is on its way that somebody else would read, or after a while. */
  async over(patienceMs: number): Promise<void> {
    if (this.#answers === 'yes' && this.#unanswered > 0) {
      const timer = Promise.withResolvers<void>();
      const timeout = setTimeout(timer.resolve, patienceMs);
      this.#settled = timer.resolve;
      this.#answers = 'over';
      await timer.promise;
      clearTimeout(timeout);
    }
    this.#answers = 'over';
  }

  /** Begins anew, after somebody else had the terminal. */
  again(): void {
    this.#answers = 'unknown';
    this.#asked = 0;
    this.#unanswered = 0;
  }

  #answered(): void {
    if (this.#answers === 'unknown') this.#answers = 'yes';
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    if (this.#unanswered === 0) this.#settled?.();
    this.#freed();
  }
}
