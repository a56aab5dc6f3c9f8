import { toFailure } from '../../model/failure.ts';
import { type Instant, localNow } from '../../model/instant.ts';
import type { LogBatch } from '../../model/log-line.ts';
import type { TailStep } from '../../model/ports/log-search.ts';
import { pause } from '../http/pauses.ts';
import { Pace } from './pace.ts';

export interface Followed {
  readonly system: string;
  /** What came since the last step; throws a `Failure`, and then has changed nothing. */
  step(): Promise<LogBatch>;
  /** The log system's clock. */
  now(): Instant;
}

/** One step after the other, at the pace that lines and answers allow, until the signal aborts. */
export async function* follow(followed: Followed, signal: AbortSignal): AsyncGenerator<TailStep, void, void> {
  const pace = new Pace();
  while (!signal.aborted) {
    const { step, waitMs } = await oneStep(followed, pace);
    if (signal.aborted) return;
    yield step;
    await pause(waitMs, signal).catch(() => undefined);
  }
}

/** One step, and how long to wait before the next one. */
export async function oneStep(
  followed: Followed,
  pace: Pace,
): Promise<{ readonly step: TailStep; readonly waitMs: number }> {
  const started = performance.now();
  try {
    const batch = await followed.step();
    const waitMs = pace.after(batch.lines.length, performance.now() - started);
    return { step: { kind: 'batch', batch, systemNow: followed.now() }, waitMs };
  } catch (thrown) {
    const failure = toFailure(followed.system, thrown);
    const nextTryMs = pace.afterTrouble(failure, localNow());
    return { step: { kind: 'trouble', failure, nextTryMs }, waitMs: nextTryMs };
  }
}
