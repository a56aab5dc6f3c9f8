import { logSystem } from '../insight/log-system.ts';
import { LivePatterns } from '../insight/patterns/live.ts';
import { type Catalog, findService } from '../model/catalog.ts';
import { Failure, toFailure } from '../model/failure.ts';
import { type Instant, localNow, MINUTE, SECOND } from '../model/instant.ts';
import type { LogGap } from '../model/log-line.ts';
import type { LogSearch, Systems, TailStep } from '../model/ports/index.ts';
import { unread } from '../model/reading.ts';
import { Cell } from './cell.ts';
import type { Flush } from './flush.ts';
import { Ring } from './ring.ts';
import type { LogView, Source } from './types.ts';

/** How far back a tail begins. */
const SINCE_MS = 15 * MINUTE;
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_LINES = 20_000;
const FIRST_RETRY_MS = 2 * SECOND;
const LAST_RETRY_MS = 30 * SECOND;
const STALE_AFTER_MS = MINUTE;

/** Follows the log of one service, or of several as one, while somebody subscribes; what was read stays for the next time. */
export function logTail(
  systems: Systems,
  flush: Flush,
  catalog: Catalog,
  names: readonly string[],
  environment: string,
): Source<LogView> & { readonly watched: boolean } {
  const services = names.flatMap((name) => findService(catalog, name) ?? []);
  const [service, ...others] = services;
  const source = service === undefined ? 'splunk' : logSystem(service);
  const cell = new Cell<LogView>(unread(source, STALE_AFTER_MS), flush);
  const ring = new Ring(MAX_BYTES, MAX_LINES);
  const patterns = new LivePatterns();
  let notShown = 0;
  let notShownIn: LogGap | null = null;
  let from: Instant | null = null;
  let completeTo: Instant | null = null;
  let linesTo: Instant | null = null;
  let running: AbortController | null = null;
  let firstStep: (() => void)[] = [];

  const clear = () => {
    ring.clear();
    patterns.clear();
    from = null;
    notShown = 0;
    notShownIn = null;
  };
  const told = () => {
    for (const resolve of firstStep) resolve();
    firstStep = [];
  };
  const take = (step: TailStep) => {
    if (step.kind === 'trouble') return fail(step.failure, step.nextTryMs);
    const { batch, systemNow, still = null } = step;
    // A tail that begins anew after the end of the last one leaves a time out: what came before it goes.
    if (batch.from !== undefined && linesTo !== null && batch.from > linesTo) clear();
    for (const line of ring.push(batch.lines)) {
      patterns.add(line);
      from = Math.min(from ?? line.at, line.at);
    }
    notShown += batch.notShown;
    notShownIn = both(notShownIn, batch.notShownIn ?? null);
    completeTo = batch.completeTo;
    linesTo = batch.linesTo ?? completeTo;
    const lagMs = Math.max(0, systemNow - linesTo);
    const old = cell.newest.value;
    const same = old !== null && batch.lines.length === 0 && old.notShown === notShown;
    const lines = same ? old.lines : ring.snapshot();
    cell.set({
      source,
      staleAfterMs: STALE_AFTER_MS,
      value: {
        lines,
        total: ring.total,
        completeTo,
        linesTo,
        lagMs,
        notShown,
        notShownIn,
        from,
        patterns: () => patterns.patterns(),
        way: batch.way ?? null,
      },
      takenAt: systemNow,
      receivedAt: localNow(),
      error: still,
    });
    told();
  };
  const fail = ({ system, code, text, details }: Failure, nextTryMs: number) => {
    const next = `Asked again in ${Math.ceil(nextTryMs / SECOND)} s.`;
    cell.set({ ...cell.newest, error: new Failure(system, code, `${text} ${next}`, details) });
    told();
  };
  const follow = async (signal: AbortSignal) => {
    let wait = FIRST_RETRY_MS;
    while (!signal.aborted) {
      try {
        if (service === undefined || services.length < names.length) {
          const missing = names.find((name) => findService(catalog, name) === undefined);
          throw new Failure(source, 'not_configured', `There is no service ${missing}.`);
        }
        const search: LogSearch = await systems.logSearch();
        for await (const step of search.tail({ service, others, environment, sinceMs: SINCE_MS }, signal)) {
          if (signal.aborted) return;
          if (step.kind === 'batch') wait = FIRST_RETRY_MS;
          take(step);
        }
      } catch (thrown) {
        if (signal.aborted) return;
        fail(toFailure(source, thrown), wait);
      }
      await pause(wait, signal);
      wait = Math.min(LAST_RETRY_MS, wait * 2);
    }
  };
  const start = () => {
    if (completeTo !== null && systems.now(source) - completeTo > SINCE_MS) clear();
    running = new AbortController();
    void follow(running.signal);
  };
  const stop = () => {
    running?.abort();
    running = null;
  };

  return {
    get: () => cell.get(),
    get watched() {
      return cell.watched;
    },
    subscribe(changed) {
      const unlisten = cell.listen(changed);
      if (running === null) start();
      return () => {
        unlisten();
        if (!cell.watched) stop();
      };
    },
    async refresh() {
      const answered = new Promise<void>((resolve) => firstStep.push(resolve));
      const wasRunning = running !== null;
      stop();
      start();
      await answered;
      cell.publishNow();
      if (!wasRunning && !cell.watched) stop();
    },
  };
}

function both(one: LogGap | null, other: LogGap | null): LogGap | null {
  if (one === null || other === null) return one ?? other;
  return { from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
