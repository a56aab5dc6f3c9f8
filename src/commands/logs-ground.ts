import { newestDeploy } from '../insight/newest-deploy.ts';
import { findSuspect } from '../insight/suspect.ts';
import type { Deploy } from '../model/deploy.ts';
import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import { STALE_AFTER_MS } from '../model/reading.ts';
import { attempt } from '../watch/once.ts';
import { mention, type Subject } from './look.ts';
import type { Context } from './row.ts';

const DEPLOYS_READ = 20;

/** The deploy that a service's log is judged against, and when its incident was triggered; null: none is known. */
export interface LogGround {
  readonly deploy: Deploy | null;
  readonly trigger: Instant | null;
}

/** The deploy that an open incident of the service blames, else its newest of the last 24 hours that reached an instance. */
export async function logGround(
  context: Context,
  { systems, service, environment }: Subject,
): Promise<LogGround> {
  const [deploys, incidents] = await Promise.all([
    attempt<readonly Deploy[]>(systems, 'aws', undefined, STALE_AFTER_MS, async () =>
      (await systems.releases()).deploys(service, environment.name, DEPLOYS_READ),
    ),
    attempt<readonly Incident[]>(systems, 'pagerduty', undefined, STALE_AFTER_MS, async () =>
      (await systems.pager()).openIncidents(),
    ),
  ]);
  mention(context, deploys, 'what is new cannot be told');
  mention(context, incidents, 'suspects are not judged');
  const known = deploys.value ?? [];
  const mine = (incidents.value ?? []).filter((incident) => incident.service === service.name);
  for (const incident of mine) {
    const suspect = findSuspect(incident, known);
    if (suspect !== null) return { deploy: suspect.deploy, trigger: incident.triggeredAt };
  }
  return { deploy: newestDeploy(known, systems.now('aws')), trigger: mine[0]?.triggeredAt ?? null };
}
