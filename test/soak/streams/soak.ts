import fc from 'fast-check';
import { followStream } from './follow.ts';
import { wrongWith } from './judge.ts';
import { type Stream, stream } from './stream.ts';

export interface StreamsOptions {
  readonly runs: number;
  readonly seed: number;
  /** fast-check's own, of a failure that is to be seen again. */
  readonly path?: string;
}

/** What the streams put to the test, in numbers. */
export interface StreamsTold {
  streams: number;
  events: number;
  late: number;
  notShown: number;
  searches: number;
  readonly troubles: Record<string, number>;
}

/** Follows random logs; throws with what is wrong and how to see it again. */
export async function soakStreams({ runs, seed, path }: StreamsOptions): Promise<StreamsTold> {
  const told: StreamsTold = { streams: 0, events: 0, late: 0, notShown: 0, searches: 0, troubles: {} };
  const once = async (each: Stream) => {
    const followed = await followStream(each);
    const wrong = wrongWith(followed);
    if (wrong.length > 0) throw new Error(wrong.slice(0, 12).join('\n'));
    told.streams += 1;
    told.events += followed.events.length;
    told.late += followed.view.lines.filter(({ late }) => late).length;
    told.notShown += followed.view.notShown;
    told.searches += followed.splunkd.dispatched;
    for (const kind of followed.splunkd.struck) told.troubles[kind] = (told.troubles[kind] ?? 0) + 1;
  };
  const options = {
    numRuns: runs,
    seed,
    ...(path === undefined ? {} : { path }),
    interruptAfterTimeLimit: 60_000,
  };
  const checked = await fc.check(fc.asyncProperty(stream, once), options);
  if (checked.failed) {
    const why =
      checked.errorInstance instanceof Error ? checked.errorInstance.message : checked.errorInstance;
    const again = `npm run soak -- --streams 1 --seed ${checked.seed} --path ${checked.counterexamplePath}`;
    throw new Error(
      `${why}\nin the stream ${fc.stringify(checked.counterexample)}\nto see it again: ${again}`,
    );
  }
  return told;
}
