/** One waits, others ring. A ring that nobody waited for is heard by the next one who does. */
export class Bell {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves when it rings, after `ms`, or when the signal aborts; true: it rang. */
  async heard(signal: AbortSignal, ms?: number): Promise<boolean> {
    if (!this.#rung && !signal.aborted) await this.#wait(signal, ms);
    const rang = this.#rung;
    this.#rung = false;
    return rang;
  }

  #wait(signal: AbortSignal, ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.#wake = null;
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(end, ms);
      this.#wake = end;
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
