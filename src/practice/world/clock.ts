import type { Instant } from '../../model/instant.ts';

/** World time: epoch + speed × real time since the start + advances; never goes back. */
export interface Clock {
  now(): Instant;
  at(when: Instant, what: () => void): void;
  advance(seconds: number): void;
  stop(): void;
}

export interface ClockOptions {
  readonly epoch: Instant;
  /** World seconds for each real second. */
  readonly speed: number;
  /** Monotonic real milliseconds. */
  readonly monotonic?: () => number;
}

interface Due {
  readonly when: Instant;
  readonly what: () => void;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A scheduler on world time. While something due runs, `now()` is the moment it was due, also when real time is
 * already further: what happens in the world does not depend on how busy the machine is.
 */
export function createClock(options: ClockOptions): Clock {
  const monotonic = options.monotonic ?? (() => performance.now());
  const started = monotonic();
  let advanced = 0;
  let queue: Due[] = [];
  let eventTime: Instant | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const running = () => Math.floor(options.epoch + (monotonic() - started) * options.speed + advanced);

  function runUntil(end: Instant): void {
    let reached = -Infinity;
    try {
      for (let next = queue[0]; next !== undefined && next.when <= end && !stopped; next = queue[0]) {
        queue.shift();
        reached = Math.max(reached, next.when);
        eventTime = reached;
        next.what();
      }
    } finally {
      eventTime = null;
    }
  }

  function arm(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const next = queue[0];
    if (next === undefined || stopped) return;
    const wait = Math.ceil((next.when - running()) / options.speed);
    timer = setTimeout(fire, Math.min(Math.max(wait, 0), LONGEST_TIMER_MS));
    timer.unref();
  }

  function fire(): void {
    try {
      runUntil(running());
    } finally {
      arm();
    }
  }

  return {
    now: () => eventTime ?? running(),
    at(when, what) {
      if (stopped) return;
      const due = { when: Math.max(when, eventTime ?? running()), what };
      // After those due at the same moment: they happen in the order in which they were asked for.
      let index = queue.length;
      while (index > 0 && (queue[index - 1]?.when ?? due.when) > due.when) index--;
      queue.splice(index, 0, due);
      if (eventTime !== null) return;
      if (due.when > when) fire();
      else if (index === 0) arm();
    },
    advance(seconds) {
      if (eventTime !== null)
        throw new Error('World time cannot be advanced by something that is happening in it');
      const end = running() + seconds * 1000;
      runUntil(end);
      advanced += seconds * 1000;
      fire();
    },
    stop() {
      stopped = true;
      queue = [];
      if (timer !== null) clearTimeout(timer);
    },
  };
}
