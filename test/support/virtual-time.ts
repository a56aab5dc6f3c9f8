import { setImmediate as turn } from 'node:timers/promises';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Takes over `setTimeout`, `setInterval`, `performance.now` and `process.hrtime`: time passes as fast as what waits for it is done. */
export class VirtualTime implements Disposable {
  readonly #real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    now: performance.now,
    hrtime: process.hrtime,
  };
  readonly #timers = new Map<number, Timer>();
  #last = 0;
  #now = performance.now();

  constructor() {
    const handle = (id: number) => ({
      ref: () => handle(id),
      unref: () => handle(id),
      hasRef: () => true,
      refresh: () => handle(id),
      close: () => handle(id),
      [Symbol.toPrimitive]: () => id,
      [Symbol.dispose]: () => void this.#timers.delete(id),
    });
    const clear = (timer: unknown) => void this.#timers.delete(Number(timer));
    const set = (run: () => void, ms = 0) => handle(this.#set(run, ms));
    const repeat = (run: () => void, ms = 0) => {
      const id = this.#set(
        function again(this: VirtualTime) {
          this.#timers.set(id, { at: this.#now + Math.max(1, ms), run: again.bind(this) });
          run();
        }.bind(this),
        ms,
      );
      return handle(id);
    };
    Object.assign(globalThis, {
      setTimeout: set,
      clearTimeout: clear,
      setInterval: repeat,
      clearInterval: clear,
    });
    Object.assign(performance, { now: () => this.#now });
    const [seconds, nanoseconds] = process.hrtime();
    const ahead = seconds * 1_000 + nanoseconds / 1e6 - this.#now;
    const hrtime = () => {
      const now = this.#now + ahead;
      return [Math.floor(now / 1_000), Math.round((now % 1_000) * 1e6)];
    };
    Object.assign(process, { hrtime: Object.assign(hrtime, { bigint: this.#real.hrtime.bigint }) });
  }

  /** Real milliseconds, for measuring. */
  real(): number {
    return this.#real.now.call(performance);
  }

  /** Lets time pass until it holds; what waits for no timer is done before the next one rings. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await turn();
      const next = this.#next();
      if (next === undefined) continue;
      const [id, { at, run }] = next;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, at);
      run();
    }
  }

  [Symbol.dispose](): void {
    const { now: _now, hrtime, ...timers } = this.#real;
    Object.assign(globalThis, timers);
    Reflect.deleteProperty(performance, 'now');
    Object.assign(process, { hrtime });
  }

  #set(run: () => void, ms: number): number {
    this.#last += 1;
    this.#timers.set(this.#last, { at: this.#now + Math.max(1, ms), run });
    return this.#last;
  }

  #next(): [number, Timer] | undefined {
    return [...this.#timers].reduce<[number, Timer] | undefined>(
      (first, each) => (first === undefined || each[1].at < first[1].at ? each : first),
      undefined,
    );
  }
}
