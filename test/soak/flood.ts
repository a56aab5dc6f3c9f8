import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { localNow, MINUTE, SECOND } from '../../src/model/instant.ts';
import type { LogSearch } from '../../src/model/ports/index.ts';
import { openLogSearch } from '../../src/systems/splunk/index.ts';
import { openWatch } from '../../src/watch/follow.ts';
import { Splunkd, splunkOnly } from '../support/splunkd.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { fakeSystems } from '../unit/watch/fakes.ts';
import { floodLine, floodText } from './flood-lines.ts';

export interface FloodOptions {
  /** `splunk`: through its adapter and its jobs; `lines`: from a log system that hands over lines as they are. */
  readonly from: 'splunk' | 'lines';
  /** Lines that have to come before it ends. */
  readonly lines: number;
  /** Lines a second of the time that is made to pass. */
  readonly rate: number;
  /** After so many lines each. */
  readonly sampleEvery: number;
  onSample?(sample: FloodSample): void;
}

/** What is held after so many lines; sizes after a collection, in bytes. */
export interface FloodSample {
  readonly lines: number;
  readonly kept: number;
  readonly heap: number;
  readonly resident: number;
}

export interface Flooded {
  readonly samples: readonly FloodSample[];
  readonly came: number;
  /** What the log system had until the moment to which the log is told to be complete. */
  readonly expected: number;
  readonly notShown: number;
  readonly patterns: number;
  /** Lines that these patterns count. */
  readonly counted: number;
  /** Search jobs that were made and not cancelled, after the end. */
  readonly jobsLeft: number;
}

/** One service's log as the cockpit follows it, for as many lines as asked: log system → tail → store → patterns. */
export async function flood(options: FloodOptions): Promise<Flooded> {
  using time = new VirtualTime();
  const collect = collector();
  const since = Math.floor(localNow() / SECOND) * SECOND - MINUTE;
  const splunkd = new Splunkd({ rate: options.rate, since, searchMs: SECOND, raw: floodText });
  const loaded = splunkOnly();
  const logSearch =
    options.from === 'splunk'
      ? openLogSearch({ loaded, transport: splunkd.transport() })
      : { tail: () => handedOver(options.rate) };
  const watch = openWatch(fakeSystems({ logSearch }), loaded.catalog);
  const logs = watch.logs('charge-central', 'prod');
  const samples: FloodSample[] = [];
  const came = () => logs.get().value?.total ?? 0;
  const leave = logs.subscribe(() => {
    if (came() < (samples.length + 1) * options.sampleEvery) return;
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    const kept = logs.get().value?.lines.length ?? 0;
    const sample = { lines: came(), kept, heap: heapUsed, resident: rss };
    samples.push(sample);
    options.onSample?.(sample);
  });
  await time.until(() => came() >= options.lines);
  leave();
  await time.until(() => splunkd.left === 0);
  const view = logs.get().value;
  await watch.stop();
  const had = splunkd.indexedBefore(view?.completeTo ?? since) - (splunkd.first ?? 0);
  const patterns = view?.patterns() ?? [];
  return {
    samples,
    came: came(),
    expected: options.from === 'splunk' ? had : came(),
    notShown: view?.notShown ?? 0,
    patterns: patterns.length,
    counted: patterns.reduce((sum, { count }) => sum + count, 0),
    jobsLeft: splunkd.left,
  };
}

/** A second's lines at a time. */
async function* handedOver(rate: number): ReturnType<LogSearch['tail']> {
  for (let n = 0; ; n += rate) {
    const at = localNow();
    const lines = Array.from({ length: rate }, (_, index) => floodLine(n + index, at));
    yield { kind: 'batch', batch: { lines, completeTo: at, notShown: 0 }, systemNow: at };
    await new Promise((done) => setTimeout(done, SECOND));
  }
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return typeof collect === 'function' ? () => void collect() : () => {};
}
