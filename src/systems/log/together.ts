import { type Failure, toFailure } from '../../model/failure.ts';
import { type Instant, localNow, SECOND } from '../../model/instant.ts';
import type { LogBatch, LogGap, LogWay } from '../../model/log-line.ts';
import type { TailStep } from '../../model/ports/log-search.ts';
import { pause } from '../http/pauses.ts';

/** One of several tails. */
export interface Part {
  readonly system: string;
  steps(signal: AbortSignal): AsyncIterable<TailStep>;
}

/** A part that could not even begin is tried again. */
const AGAIN_MS = 30 * SECOND;

interface Told {
  readonly completeTo: Instant;
  readonly linesTo: Instant;
  /** The system's clock, and ours when it told it. */
  readonly systemNow: Instant;
  readonly at: Instant;
  readonly way: LogWay | undefined;
}

/**
 * Several tails as one: their lines as they come, each moment told as complete only once it is so in all of them.
 * Nothing is told before each has answered or failed once; one that fails holds the bound and is named with each step.
 */
export async function* together(
  parts: readonly Part[],
  sinceMs: number,
  signal: AbortSignal,
): AsyncGenerator<TailStep, void, void> {
  const over = new AbortController();
  const ending = AbortSignal.any([signal, over.signal]);
  const waiting: { readonly part: Part; readonly step: TailStep }[] = [];
  let wake = () => {};
  const say = (part: Part, step: TailStep) => {
    waiting.push({ part, step });
    wake();
  };
  ending.addEventListener('abort', () => wake(), { once: true });
  const running = parts.map((part) => read(part, ending, (step) => say(part, step)));
  const told = new Map<Part, Told>();
  const failing = new Map<Part, Failure>();
  const heard = new Set<Part>();
  let held: LogBatch[] = [];
  let begun = false;
  try {
    while (!ending.aborted) {
      const next = waiting.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const { part, step } = next;
      heard.add(part);
      if (step.kind === 'trouble') {
        failing.set(part, step.failure);
        yield step;
      } else {
        const { batch, systemNow } = step;
        failing.delete(part);
        const { completeTo, linesTo = completeTo, way } = batch;
        told.set(part, { completeTo, linesTo, systemNow, at: localNow(), way });
        held.push(batch);
      }
      if (heard.size < parts.length || held.length === 0) continue;
      yield stepOf(parts, { told, failing, held, sinceMs, first: !begun });
      held = [];
      begun = true;
    }
  } finally {
    over.abort();
    await Promise.all(running);
  }
}

async function read(part: Part, signal: AbortSignal, say: (step: TailStep) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const step of part.steps(signal)) {
        if (signal.aborted) return;
        say(step);
      }
    } catch (thrown) {
      if (signal.aborted) return;
      say({ kind: 'trouble', failure: toFailure(part.system, thrown), nextTryMs: AGAIN_MS });
    }
    await pause(AGAIN_MS, signal).catch(() => undefined);
  }
}

interface State {
  readonly told: ReadonlyMap<Part, Told>;
  readonly failing: ReadonlyMap<Part, Failure>;
  readonly held: readonly LogBatch[];
  readonly sinceMs: number;
  readonly first: boolean;
}

function stepOf(parts: readonly Part[], { told, failing, held, sinceMs, first }: State): TailStep {
  const now = localNow();
  const nowOf = (each: Told) => each.systemNow + now - each.at;
  const known = [...told.values()];
  const [any] = known;
  // Of a part that never answered nothing was shown: the bound is where it was to begin.
  const begin = any === undefined ? now - sinceMs : nowOf(any) - sinceMs;
  const silent = known.length < parts.length ? [begin] : [];
  const last = known.toSorted((one, other) => one.linesTo - other.linesTo)[0];
  const froms = held.flatMap(({ from }) => from ?? []);
  const gap = held.map(({ notShownIn }) => notShownIn ?? null).reduce(both, null);
  const way = wayOf(known.map((each) => each.way));
  const [still] = failing.values();
  return {
    kind: 'batch',
    batch: {
      lines: held.flatMap(({ lines }) => lines).sort((one, other) => one.at - other.at),
      completeTo: Math.min(...silent, ...known.map(({ completeTo }) => completeTo)),
      linesTo: Math.min(...silent, ...known.map(({ linesTo }) => linesTo)),
      notShown: held.reduce((sum, { notShown }) => sum + notShown, 0),
      ...(first && froms.length > 0 ? { from: Math.max(...froms) } : {}),
      ...(gap === null ? {} : { notShownIn: gap }),
      ...(way === undefined ? {} : { way }),
    },
    systemNow: last === undefined ? now : nowOf(last),
    ...(still === undefined ? {} : { still }),
  };
}

function both(one: LogGap | null, other: LogGap | null): LogGap | null {
  if (one === null || other === null) return one ?? other;
  return { from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) };
}

/** What is to be known of one of them is told of all; else it is told where all of them learn in the same way. */
function wayOf(ways: readonly (LogWay | undefined)[]): LogWay | undefined {
  const [first] = ways;
  const telling = ways.find((way) => way !== undefined && (way.sampled || way.why !== null));
  return telling ?? (ways.every((way) => way?.kind === first?.kind) ? first : undefined);
}
