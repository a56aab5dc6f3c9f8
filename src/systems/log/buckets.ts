import { Failure } from '../../model/failure.ts';
import { type Instant, SECOND } from '../../model/instant.ts';
import type { LogBucket, LogHistogram } from '../../model/log-counts.ts';
import type { LogLevel } from '../../model/log-line.ts';
import { MAX_BUCKETS } from '../../model/ports/log-search.ts';

/** So many lines of one level in the bucket that begins then. */
export interface BucketCount {
  readonly at: Instant;
  readonly level: LogLevel;
  readonly count: number;
}

/** Refuses what no histogram is made of, before the log system is asked. */
export function checkBuckets(system: string, spanMs: number, bucketMs: number): void {
  if (bucketMs < SECOND || bucketMs % SECOND !== 0) {
    throw new Failure(system, 'invalid', 'A histogram is made of whole seconds.');
  }
  if (spanMs / bucketMs > MAX_BUCKETS) {
    const text = `A histogram of ${Math.ceil(spanMs / bucketMs)} columns is too fine: at most ${MAX_BUCKETS}.`;
    throw new Failure(system, 'invalid', text);
  }
}

/** Buckets of a span, half open, without a gap. Counts outside it are left out: they were not asked for. */
export function histogramOf(
  counts: readonly BucketCount[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
  bucketMs: number,
  incomplete: Failure | null,
): LogHistogram {
  const first = Math.floor(from / bucketMs);
  const buckets = Array.from(
    { length: Math.max(0, Math.ceil(to / bucketMs) - first) },
    (): Partial<Record<LogLevel, number>> => ({}),
  );
  for (const { at, level, count } of counts) {
    const bucket = buckets[Math.floor(at / bucketMs) - first];
    if (bucket !== undefined) bucket[level] = (bucket[level] ?? 0) + count;
  }
  return { from: first * bucketMs, bucketMs, buckets: buckets satisfies readonly LogBucket[], incomplete };
}
