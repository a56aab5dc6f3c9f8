import type { Deploy } from '../../model/deploy.ts';
import type { Incident } from '../../model/incident.ts';
import { type Instant, MINUTE } from '../../model/instant.ts';

/** A version that served this long without a high-urgency incident was healthy. */
export const HEALTHY_AFTER_MS = 30 * MINUTE;

/** A time in which one version served. */
export interface Span {
  readonly version: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Serving now. */
  readonly current: boolean;
}

/** When which version served, newest first: from the end of its deploy to the end of the next that succeeded. */
export function spans(deploys: readonly Deploy[], now: Instant): readonly Span[] {
  const served = deploys
    .filter((deploy) => deploy.status === 'succeeded')
    .map((deploy) => ({ version: deploy.version, from: deploy.finishedAt ?? deploy.startedAt }))
    .sort((a, b) => b.from - a.from);
  return served.map((span, index) => {
    const next = served[index - 1];
    return { ...span, to: next?.from ?? now, current: next === undefined };
  });
}

/** High-urgency incidents that began while the version served. */
export function burning(span: Span, incidents: readonly Incident[]): readonly Incident[] {
  return incidents.filter(
    ({ urgency, triggeredAt }) => urgency === 'high' && triggeredAt >= span.from && triggeredAt < span.to,
  );
}

export function wasHealthy(span: Span, incidents: readonly Incident[]): boolean {
  return span.to - span.from >= HEALTHY_AFTER_MS && burning(span, incidents).length === 0;
}
