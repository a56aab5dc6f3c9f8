import type { LogLine } from '../../model/log-line.ts';
import { sparkline } from '../../text/sparkline.ts';
import { isErrorLevel } from '../stores/log-level.ts';

/** A bucket with fewer errors than this is never drawn as a full one. */
const FEW = 8;

export interface ErrorsOverTime {
  readonly total: number;
  /** How far back they were counted, in milliseconds: not before the oldest line that is known. */
  readonly spanMs: number;
  /** Eight heights, one character a bucket that is known, and a dot for each before. */
  readonly bars: string;
}

/** Errors in the last spans of `bucketMs` up to `end`: at most `most` of them, and none that begins before all lines. */
export function errorsOverTime(
  lines: readonly LogLine[],
  end: number,
  bucketMs: number,
  most: number,
): ErrorsOverTime {
  const oldest = lines.reduce((at, line) => Math.min(at, line.at), end);
  const buckets = Math.max(1, Math.min(most, Math.ceil((end - oldest) / bucketMs)));
  const counts = new Array<number>(buckets).fill(0);
  for (const line of lines) {
    const bucket = buckets - 1 - Math.floor((end - line.at) / bucketMs);
    if (isErrorLevel(line.level) && bucket >= 0 && bucket < buckets)
      counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  const total = counts.reduce((sum, each) => sum + each, 0);
  const highest = Math.max(FEW, ...counts);
  const bars = sparkline(counts, highest);
  return { total, spanMs: buckets * bucketMs, bars: `${'·'.repeat(most - buckets)}${bars}` };
}
