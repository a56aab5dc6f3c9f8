import { Failure } from '../../model/failure.ts';
import { SECOND } from '../../model/instant.ts';
import type { TransportRequest } from './transport.ts';

export interface TimeLimit {
  /** Aborts with a `Failure` as its reason: at the deadline, or when whoever asked gives up. */
  readonly signal: AbortSignal;
  /** No deadline any more; giving up still counts. */
  arrived(): void;
  end(): void;
}

/** For one request to `url`, retries included. */
export function timeLimit({ system, signal }: TransportRequest, url: URL, deadlineMs: number): TimeLimit {
  const abort = new AbortController();
  const stop = () => {
    const why: unknown = signal?.reason;
    const gaveUp = () => new Failure(system, 'aborted', `The request to ${url.host} was given up.`);
    abort.abort(why instanceof Failure ? why : gaveUp());
  };
  const tooLate = `${url.host} did not answer within ${deadlineMs / SECOND} s.`;
  const timer = setTimeout(() => abort.abort(new Failure(system, 'timeout', tooLate)), deadlineMs);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  return {
    signal: abort.signal,
    arrived: () => clearTimeout(timer),
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    },
  };
}
