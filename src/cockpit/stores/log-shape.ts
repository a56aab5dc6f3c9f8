import { HOUR, type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogBucket, LogHistogram } from '../../model/log-counts.ts';
import type { LogLine } from '../../model/log-line.ts';

/** Lines over time, whoever counted them. */
export type LogCounts = Pick<LogHistogram, 'from' | 'bucketMs' | 'buckets'>;

/** How the shape of a log is looked at. */
export interface ShapeView {
  /** In the bucket under the cursor; null: the newest one. */
  readonly at: Instant | null;
  /** In the bucket where a span begins that goes to the cursor; null: none does. */
  readonly from: Instant | null;
}

/** A time, half open. */
export interface TimeSpan {
  readonly from: Instant;
  readonly to: Instant;
}

const UNITS = [SECOND, MINUTE, HOUR];
const SIZES = UNITS.flatMap((unit) => [1, 2, 5, 10, 15, 20, 30].map((size) => size * unit));

/** The shortest round time of which at most `most` cover the span. */
export function bucketSize({ from, to }: TimeSpan, most: number): number {
  const fits = (size: number) => Math.floor(to / size) - Math.floor(from / size) + 1 <= most;
  return SIZES.find(fits) ?? 24 * HOUR;
}

/** The shortest round time of at least `least` milliseconds: for the marks of an axis. */
export function tickSize(least: number): number {
  return SIZES.find((size) => size >= least) ?? 24 * HOUR;
}

export function countLines(lines: readonly LogLine[], span: TimeSpan, bucketMs: number): LogCounts {
  const first = Math.floor(span.from / bucketMs);
  const length = Math.floor(span.to / bucketMs) - first + 1;
  const buckets = Array.from({ length }, (): Partial<Record<LogLine['level'], number>> => ({}));
  for (const { at, level } of lines) {
    const bucket = buckets[Math.floor(at / bucketMs) - first];
    if (bucket !== undefined) bucket[level] = (bucket[level] ?? 0) + 1;
  }
  return { from: first * bucketMs, bucketMs, buckets };
}

/** Lines by what a person tells apart at a glance. */
export interface Weights {
  readonly errors: number;
  readonly warnings: number;
  readonly others: number;
}

export function weights(bucket: LogBucket): Weights {
  return {
    errors: (bucket.fatal ?? 0) + (bucket.error ?? 0),
    warnings: bucket.warn ?? 0,
    others: (bucket.info ?? 0) + (bucket.debug ?? 0) + (bucket.unknown ?? 0),
  };
}

export function total({ errors, warnings, others }: Weights): number {
  return errors + warnings + others;
}

/** Those of several buckets together. */
export function summed(counts: LogCounts, { from, to }: TimeSpan): Weights {
  let [errors, warnings, others] = [0, 0, 0];
  counts.buckets.forEach((bucket, index) => {
    const at = counts.from + index * counts.bucketMs;
    if (at < from || at >= to) return;
    const each = weights(bucket);
    errors += each.errors;
    warnings += each.warnings;
    others += each.others;
  });
  return { errors, warnings, others };
}

/** Index of the bucket in which a time is; the nearest where it is in none. */
export function bucketOf({ from, bucketMs, buckets }: LogCounts, at: Instant | null): number {
  if (at === null) return buckets.length - 1;
  return Math.max(0, Math.min(buckets.length - 1, Math.floor((at - from) / bucketMs)));
}

/** From the begin of the span to the cursor, whichever is first, with both their buckets. */
export function chosenSpan(counts: LogCounts, view: ShapeView): TimeSpan {
  const cursor = bucketOf(counts, view.at);
  const begun = view.from === null ? cursor : bucketOf(counts, view.from);
  return {
    from: counts.from + Math.min(cursor, begun) * counts.bucketMs,
    to: counts.from + (Math.max(cursor, begun) + 1) * counts.bucketMs,
  };
}

/** Moves the cursor by so many buckets; at the newest one it follows. */
export function moveBucket(counts: LogCounts, view: ShapeView, delta: number): ShapeView {
  const last = counts.buckets.length - 1;
  const to = Math.max(0, Math.min(last, bucketOf(counts, view.at) + delta));
  return { ...view, at: to === last && view.from === null ? null : counts.from + to * counts.bucketMs };
}
