import { type FloodOptions, flood } from './flood.ts';
import { slope } from './slope.ts';

const MB = 1_048_576;
const MILLION = 1_000_000;
const SAMPLES = 60;
/** The first third fills what is bounded, and the heap finds its size. */
const WARM_UP = 1 / 3;
/** Fault row 40: lines a second. */
const RATE = 1_000;

/** `npm run soak -- --lines N`: tells how memory grew while so many lines came. */
export async function reportFlood(
  lines: number,
  from: FloodOptions['from'],
  say: (line: string) => void,
): Promise<void> {
  const hours = lines / RATE / 3_600;
  say(
    `${lines} lines at ${RATE} a second: ${hours.toFixed(1)} h of a log, ${from === 'splunk' ? 'through the adapter of Splunk' : 'handed to the tail'}`,
  );
  const { samples, came, expected, notShown, patterns, counted, jobsLeft } = await flood({
    from,
    lines,
    rate: RATE,
    sampleEvery: Math.ceil(lines / SAMPLES),
    onSample: ({ lines: now, kept, heap, resident }) =>
      say(
        `${now} lines, ${kept} kept: heap ${(heap / MB).toFixed(1)} MB, resident ${(resident / MB).toFixed(1)} MB`,
      ),
  });
  say(
    `${came} of ${expected} lines came, ${notShown} told as not shown; ${counted} in ${patterns} patterns; search jobs left: ${jobsLeft}`,
  );
  const warm = samples.filter((each) => each.lines > lines * WARM_UP);
  for (const [name, of] of [
    ['heap', 'heap'],
    ['resident memory', 'resident'],
  ] as const) {
    const grown = slope(warm.map((each) => ({ x: each.lines / MILLION, y: each[of] / MB })));
    say(
      `${name}: ${grown.slope.toFixed(3)} ± ${grown.error.toFixed(3)} MB for each million lines (least squares, ${warm.length} samples)`,
    );
  }
}
