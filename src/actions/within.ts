import { Failure } from '../model/failure.ts';

/**
 * Runs `work` with a deadline that holds even if the work ignores its signal.
 * A passed deadline is a Failure `timeout`: what was sent may have been applied.
 */
export async function within<T>(
  system: string,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const deadline = new AbortController();
  const signal = outer === undefined ? deadline.signal : AbortSignal.any([outer, deadline.signal]);
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const late = new Failure(system, 'timeout', `no answer within ${Math.round(milliseconds / 1000)} s`);
      deadline.abort(late);
      reject(late);
    }, milliseconds);
    stop = () => reject(new Failure(system, 'aborted', 'stopped waiting'));
    outer?.addEventListener('abort', stop, { once: true });
    if (outer?.aborted === true) stop();
  });
  try {
    return await Promise.race([work(signal), over]);
  } finally {
    clearTimeout(timer);
    if (stop !== undefined) outer?.removeEventListener('abort', stop);
  }
}

/** Waits, or less if the signal aborts; never throws. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, { once: true });
  });
}
