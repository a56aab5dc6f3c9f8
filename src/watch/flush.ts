import { localNow } from '../model/instant.ts';

/** Data reaches the screen at this pace at most; keys and what a person asked for do not wait for it. */
export const FLUSH_MS = 250;

/** One clock for everything that changes by itself: all that came since the last tick is told in one go. */
export interface Flush {
  /** Has `tell` called at the next tick; the same function twice is called once. */
  soon(tell: () => void): void;
  /** Tells everything that waits, now. */
  now(): void;
  stop(): void;
}

export function openFlush(paceMs = FLUSH_MS): Flush {
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;
  let last = Number.NEGATIVE_INFINITY;

  const run = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    last = localNow();
    const due = [...waiting];
    waiting.clear();
    for (const tell of due) tell();
  };
  return {
    soon(tell) {
      waiting.add(tell);
      timer ??= setTimeout(run, Math.max(0, last + paceMs - localNow()));
    },
    now: run,
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting.clear();
    },
  };
}
