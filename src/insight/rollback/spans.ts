import type { Deploy } from '../../model/deploy.ts';
import type { Incident } from '../../model/incident.ts';
import { type Instant, MINUTE } from '../../model/instant.ts';

/** A version that served this long without a high-urgency incident, up to when it was replaced, was healthy. */
export const HEALTHY_AFTER_MS = 30 * MINUTE;

/** A time in which one version served. */
export interface Span {
  readonly version: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Serving now. */
  readonly current: boolean;
}

/**
 * When which version served, newest first: from the end of its deploy until the next that succeeded began, which may
 * set things on fire before it ends.
 */
export function spans(deploys: readonly Deploy[], now: Instant): readonly Span[] {
  const served = deploys
    .filter((deploy) => deploy.status === 'succeeded')
    .map(({ version, startedAt, finishedAt }) => ({ version, startedAt, from: finishedAt ?? startedAt }))
    .sort((a, b) => b.from - a.from);
  return served.map(({ version, from }, index) => {
    const next = served[index - 1];
    return { version, from, to: next?.startedAt ?? now, current: next === undefined };
  });
}

/** High-urgency incidents that began while the version served. */
export function burning(span: Span, incidents: readonly Incident[]): readonly Incident[] {
  return incidents.filter(
    ({ urgency, triggeredAt }) => urgency === 'high' && triggeredAt >= span.from && triggeredAt < span.to,
  );
}

/** High-urgency incidents in its last half hour: what burned weeks before was put out, and says little of it. */
export function lastBurning(span: Span, incidents: readonly Incident[]): readonly Incident[] {
  return burning(span, incidents).filter(
    ({ resolvedAt }) => resolvedAt === null || resolvedAt > span.to - HEALTHY_AFTER_MS,
  );
}

export function wasHealthy(span: Span, incidents: readonly Incident[]): boolean {
  return span.to - span.from >= HEALTHY_AFTER_MS && lastBurning(span, incidents).length === 0;
}
