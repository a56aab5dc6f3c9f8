import {
  environmentManager,
  focusManager,
  onlineManager,
  type Query,
  QueryClient,
  QueryObserver,
} from '@tanstack/query-core';
import { type Failure, toFailure } from '../model/failure.ts';
import { type Instant, localNow } from '../model/instant.ts';
import { type Reading, STALE_AFTER_MS, unread } from '../model/reading.ts';
import { Cell } from './cell.ts';
import type { Flush } from './flush.ts';
import type { Source } from './types.ts';

/** A good answer; `value` keeps its identity while a new answer says the same (structural sharing). */
interface Answer<T> {
  readonly value: T;
  readonly takenAt: Instant;
  readonly receivedAt: Instant;
}

export interface PolledOptions<T> {
  readonly key: readonly string[];
  /** The system's name. */
  readonly source: string;
  /** 0: read once, and again only when asked. */
  readonly everyMs: number;
  readonly staleAfterMs?: number;
  /** Shown until the first answer, as from an earlier time. */
  readonly initial?: Reading<T> | undefined;
  /** `early` shows a first part of the answer while the rest is still being read. */
  read(signal: AbortSignal, early: (value: T) => void): Promise<T>;
}

const RETRY_ONCE_MS = 30_000;
const KEPT_UNWATCHED_MS = 10 * 60_000;
const REVISIT_MS = 3_000;
const JITTER = 0.1;

/** A query client for a terminal: no window to focus, no browser to be offline, no retries of its own. */
export function terminalQueryClient(): QueryClient {
  environmentManager.setIsServer(() => false);
  focusManager.setEventListener(() => () => {});
  focusManager.setFocused(true);
  onlineManager.setEventListener(() => () => {});
  onlineManager.setOnline(true);
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        refetchIntervalInBackground: true,
        gcTime: KEPT_UNWATCHED_MS,
      },
    },
  });
}

/**
 * One thing that is polled while somebody subscribes; the old value stays when a later attempt fails.
 * Once `over` has aborted nothing is read any more: an answer would be kept, and the process with it, for minutes.
 */
export function polled<T>(
  client: QueryClient,
  flush: Flush,
  now: (system: string) => Instant,
  options: PolledOptions<T>,
  over: AbortSignal,
): Source<T> & { readonly watched: boolean } {
  const { source, key, everyMs } = options;
  const staleAfterMs = options.staleAfterMs ?? Math.max(STALE_AFTER_MS, 2 * everyMs);
  const cell = new Cell<T>(options.initial ?? unread(source, staleAfterMs), flush);
  const answer = (value: T): Answer<T> => ({ value, takenAt: now(source), receivedAt: localNow() });
  const observer = new QueryObserver<Answer<T>, Failure>(client, {
    queryKey: key,
    staleTime: REVISIT_MS,
    refetchInterval: (query) => interval(everyMs, query.state.status === 'error' ? query.state.error : null),
    queryFn: async ({ signal }) => {
      try {
        const early = (value: T) => {
          if (client.getQueryData(key) === undefined) client.setQueryData<Answer<T>>(key, answer(value));
        };
        return answer(await options.read(signal, early));
      } catch (thrown) {
        throw toFailure(source, thrown);
      }
    },
  });
  let stop: (() => void) | null = null;

  const take = (query: Query<Answer<T>, Failure, Answer<T>>) => {
    const { data, error, status } = query.state;
    const old = cell.newest;
    const failure = status === 'error' ? error : null;
    const fresh = data ?? { value: old.value, takenAt: old.takenAt, receivedAt: old.receivedAt };
    if (old.value === fresh.value && old.receivedAt === fresh.receivedAt && old.error === failure) return;
    cell.set({ source, staleAfterMs, ...fresh, error: failure });
  };

  return {
    get: () => cell.get(),
    get watched() {
      return cell.watched;
    },
    subscribe(changed) {
      const unlisten = cell.listen(changed);
      stop ??= observer.subscribe(() => take(observer.getCurrentQuery()));
      take(observer.getCurrentQuery());
      return () => {
        unlisten();
        if (cell.watched) return;
        stop?.();
        stop = null;
      };
    },
    async refresh() {
      if (over.aborted) return;
      await observer.refetch({ cancelRefetch: true });
      take(observer.getCurrentQuery());
      cell.publishNow();
    },
  };
}

/** After a failure, not before the system may be asked again; a little apart, so that not all ask at once. */
function interval(everyMs: number, failure: Failure | null): number | false {
  if (failure === null) return everyMs === 0 ? false : everyMs;
  const wait = Math.max(everyMs || RETRY_ONCE_MS, (failure.details.retryAt ?? 0) - localNow());
  return Math.round(wait * (1 + Math.random() * JITTER));
}
