import { localNow, MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { LogBatch, LogLine } from '../../../src/model/log-line.ts';
import type { LogSearch } from '../../../src/model/ports/index.ts';
import { openLogSearch } from '../../../src/systems/splunk/index.ts';
import { openWatch } from '../../../src/watch/follow.ts';
import type { LogView } from '../../../src/watch/types.ts';
import { splunkOnly } from '../../support/splunkd.ts';
import { VirtualTime } from '../../support/virtual-time.ts';
import { randomOf } from '../../unit/insight/patterns/corpus.ts';
import { fakeSystems } from '../../unit/watch/fakes.ts';
import { StreamSplunkd } from './splunkd.ts';
import { eventsOf, type Stream, type StreamEvent } from './stream.ts';

/** What one tail told, from its beginning until nobody looked any more. */
export interface Session {
  readonly batches: LogBatch[];
}

/** How a stream was followed. */
export interface Followed {
  readonly events: readonly StreamEvent[];
  readonly sessions: readonly Session[];
  /** What the cockpit has in the end. */
  readonly view: LogView;
  readonly jobsLeft: number;
  readonly splunkd: StreamSplunkd;
}

/** A look back comes each minute at least, and what a failure put off is done at most so long after it. */
const SETTLED_MS = 90 * SECOND;
const LONGEST_MS = 60 * MINUTE;
/** Time for the last search to be cancelled. */
const CANCELLED_MS = 5 * SECOND;

/** Splunk → adapter and SDK → tail → watch, in time that is made to pass, until the last event could have been shown. */
export async function followStream(stream: Stream): Promise<Followed> {
  using time = new VirtualTime();
  using _dice = thrown(stream.dice);
  const sleep = async (until: number) => {
    let rung = localNow() >= until;
    setTimeout(() => {
      rung = true;
    }, until - localNow());
    await time.until(() => rung);
  };
  await sleep(Math.ceil(localNow() / SECOND) * SECOND + stream.phaseMs);
  const started = localNow();
  const events = eventsOf(stream, started + stream.clockOffMs);
  const splunkd = new StreamSplunkd(stream, events);
  const loaded = splunkOnly();
  const sessions: Session[] = [];
  const logSearch = recorded(openLogSearch({ loaded, transport: splunkd.transport() }), sessions);
  const watch = openWatch(fakeSystems({ logSearch }), loaded.catalog);
  const logs = watch.logs('charge-central', 'prod');
  let leave = logs.subscribe(() => {});
  for (const pause of stream.pauses) {
    await sleep(started + pause.at);
    leave();
    await sleep(started + pause.at + pause.for);
    leave = logs.subscribe(() => {});
  }
  const last = Math.max(...events.map(({ visible }) => visible)) + SETTLED_MS;
  const end = () => (sessions[stream.pauses.length]?.batches.at(-1)?.completeTo ?? 0) >= last;
  await time.until(() => end() || localNow() > started + LONGEST_MS);
  leave();
  await sleep(localNow() + CANCELLED_MS);
  const view = logs.get().value;
  await watch.stop();
  if (view === null) throw new Error('nothing was ever shown');
  return { events, sessions, view, jobsLeft: splunkd.left, splunkd };
}

function recorded(search: LogSearch, sessions: Session[]): LogSearch {
  return {
    ...search,
    async *tail(query, signal) {
      const session: Session = { batches: [] };
      sessions.push(session);
      for await (const step of search.tail(query, signal)) {
        if (signal.aborted) return;
        if (step.kind === 'batch') session.batches.push(step.batch);
        yield step;
      }
    },
  };
}

/** Number of the event that a line is. */
export function eventOf({ id }: LogLine): number {
  return Number(id.split(':').at(-1));
}

function thrown(seed: number): Disposable {
  const real = Math.random;
  Math.random = randomOf(seed);
  return {
    [Symbol.dispose]() {
      Math.random = real;
    },
  };
}
