import type { Deploy } from '../../model/deploy.ts';
import type { Incident } from '../../model/incident.ts';
import type { Instant } from '../../model/instant.ts';
import { leftBehind } from './left-behind.ts';
import { spans, wasHealthy } from './spans.ts';

/**
 * The version to go back to: the last one that succeeded and was healthy, not simply the one before; never one that
 * was rolled back from.
 */
export function chooseTarget(
  deploys: readonly Deploy[],
  current: string | null,
  incidents: readonly Incident[],
  now: Instant,
): string | null {
  const left = leftBehind(deploys);
  const healthy = spans(deploys, now).find(
    (span) =>
      !span.current && span.version !== current && !left.has(span.version) && wasHealthy(span, incidents),
  );
  return healthy?.version ?? null;
}

/** Median length of the deploys that succeeded, in milliseconds; null: none is known. */
export function usualLengthMs(deploys: readonly Deploy[]): number | null {
  const lengths = deploys
    .flatMap(({ status, startedAt, finishedAt }) =>
      status === 'succeeded' && finishedAt !== null ? [finishedAt - startedAt] : [],
    )
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? null;
}
