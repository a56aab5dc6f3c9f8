import type { Instant } from '../../model/instant.ts';
import type { LogTime } from '../../model/ports/log-search.ts';

/** A span on the log system's clock, half open. */
export function windowOf(span: LogTime, now: Instant): { readonly from: Instant; readonly to: Instant } {
  if ('from' in span) return { from: span.from, to: span.to };
  return { from: now - span.sinceMs, to: now - (span.untilMs ?? 0) };
}

export function lengthOf(span: LogTime, now: Instant): number {
  const { from, to } = windowOf(span, now);
  return to - from;
}
