import type { Deploy } from '../model/deploy.ts';
import type { Incident } from '../model/incident.ts';
import { type Instant, MINUTE } from '../model/instant.ts';
import type { SafeText } from '../model/safe-text.ts';

/** How long after a deploy its effects are still blamed on it. */
export const SUSPECT_WINDOW_MS = 60 * MINUTE;

export interface Suspect {
  readonly deploy: Deploy;
  readonly version: SafeText;
  /** Whole minutes from landing to the trigger. */
  readonly minutesBefore: number;
}

/**
 * The deploy that may have caused the incident: of the same service, the last that landed at most an hour
 * before the trigger. A deploy lands when it finishes; one that ran at the trigger, when it began.
 * Failed and cancelled deploys left the old version serving: they are no suspects.
 */
export function findSuspect(
  incident: Pick<Incident, 'service' | 'triggeredAt'>,
  deploys: readonly Deploy[],
): Suspect | null {
  let last: { deploy: Deploy; at: Instant } | null = null;
  for (const deploy of deploys) {
    if (deploy.service !== incident.service) continue;
    if (deploy.status !== 'succeeded' && deploy.status !== 'in_progress') continue;
    const at = landedAt(deploy, incident.triggeredAt);
    const before = incident.triggeredAt - at;
    if (before < 0 || before > SUSPECT_WINDOW_MS) continue;
    if (last === null || at > last.at) last = { deploy, at };
  }
  if (last === null) return null;
  const { deploy } = last;
  return {
    deploy,
    version: deploy.version,
    minutesBefore: Math.floor((incident.triggeredAt - last.at) / MINUTE),
  };
}

function landedAt(deploy: Deploy, trigger: Instant): Instant {
  return deploy.finishedAt !== null && deploy.finishedAt <= trigger ? deploy.finishedAt : deploy.startedAt;
}
