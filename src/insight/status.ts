import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import { isStale, type Reading } from '../model/reading.ts';

/** In the convention of monitoring plugins: nothing open, a warning, critical, unknown. */
export type StatusExit = 0 | 1 | 2 | 3;

export interface IncidentCounts {
  readonly triggered: number;
  readonly acknowledged: number;
}

/**
 * How bad it is: 3 when PagerDuty's answer is missing or stale, else 2 with something triggered at high
 * urgency, 1 with anything else open, 0 with nothing open. Other systems never change it.
 */
export function statusExit(incidents: Reading<readonly Incident[]>, now: Instant): StatusExit {
  if (incidents.value === null || incidents.error !== null || isStale(incidents, now)) return 3;
  const open = incidents.value.filter((incident) => incident.status !== 'resolved');
  if (open.some(isBurning)) return 2;
  return open.length > 0 ? 1 : 0;
}

/** Whether it pages somebody right now. An urgency that we do not know counts as high. */
export function isBurning(incident: Incident): boolean {
  return incident.status !== 'acknowledged' && incident.status !== 'resolved' && incident.urgency !== 'low';
}

export function countOpen(incidents: readonly Incident[]): IncidentCounts {
  const acknowledged = incidents.filter((incident) => incident.status === 'acknowledged').length;
  const resolved = incidents.filter((incident) => incident.status === 'resolved').length;
  return { acknowledged, triggered: incidents.length - acknowledged - resolved };
}
