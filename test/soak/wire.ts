import type { Systems } from '../../src/model/ports/index.ts';
import type { Death, Moment } from './schedule.ts';

const NOT_PORTS: ReadonlySet<PropertyKey> = new Set(['now', 'health', 'onHealth', 'close']);
/** What a port answers by itself, at once: it asks no system. */
const NOT_CALLS: ReadonlySet<PropertyKey> = new Set(['takes']);

/** What happens at which call; `died` is called at the very moment, before anything else can run. */
export interface Fate {
  readonly death: Death | null;
  before(moment: Moment): Promise<void>;
  died(): void;
}

/**
 * Between a program and its systems. After its death no call of it returns and none reaches a system: what a process
 * that was killed leaves behind is what it had sent and what it had written.
 */
export class Wire {
  phase: Moment['phase'] = 'plan';
  readonly #systems: Systems;
  readonly #fate: Fate;
  readonly #cut = new AbortController();
  readonly #counts = { plan: 0, run: 0 };
  #dead = false;
  #ended = false;

  constructor(systems: Systems, fate: Fate) {
    this.#systems = systems;
    this.#fate = fate;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** The program came to its end; it cannot be killed any more. */
  end(): void {
    this.#ended = true;
  }

  /** The systems as the program sees them. */
  systems(): Systems {
    return new Proxy(this.#systems, {
      get: (target, key) => {
        const value = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        const bound = value.bind(target);
        if (NOT_PORTS.has(key)) return bound;
        return async () => {
          const opened: object = await bound();
          return Array.isArray(opened) ? opened.map((each: object) => this.#port(each)) : this.#port(opened);
        };
      },
    });
  }

  #port<P extends object>(port: P): P {
    return new Proxy(port, {
      get: (target, key) => {
        const value = Reflect.get(target, key);
        if (typeof value !== 'function' || NOT_CALLS.has(key)) return value;
        return (...given: readonly unknown[]) => {
          const cut = given.map((each) =>
            each instanceof AbortSignal ? AbortSignal.any([each, this.#cut.signal]) : each,
          );
          return this.#through(() => Reflect.apply(value, target, cut));
        };
      },
    });
  }

  async #through(start: () => unknown): Promise<unknown> {
    const { phase } = this;
    const moment = { phase, call: this.#counts[phase]++ };
    if (!this.#dead) await this.#fate.before(moment);
    if (this.#dead) return never();
    const side = this.#isFatal(moment) ? this.#fate.death?.side : undefined;
    if (side === 'before') return this.#die();
    const going = Promise.resolve(start());
    // The request is written within the next turns of the loop; its answer takes several more.
    if (side === 'during') setTimeout(() => this.#die(), 2);
    const [settled] = await Promise.allSettled([going]);
    if (side === 'after') return this.#die();
    if (this.#dead) return never();
    if (settled.status === 'rejected') throw settled.reason;
    return settled.value;
  }

  #isFatal({ phase, call }: Moment): boolean {
    const at = this.#fate.death?.at;
    return at?.phase === phase && at.call === call;
  }

  #die(): Promise<never> {
    if (!this.#dead && !this.#ended) {
      this.#dead = true;
      this.#fate.died();
      this.#cut.abort();
      void this.#systems.close();
    }
    return never();
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
