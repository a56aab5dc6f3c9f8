import type { Instant } from '../../model/instant.ts';
import { isRollback } from './deploys.ts';
import { resolvedAt, type TimelineFacts } from './facts.ts';

/** How soon what was done; null: it was not, or cannot be told. */
export interface Recovery {
  readonly triggeredAt: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly mitigatedAt: Instant | null;
  /**
   * How the harm's end is known, best first: the errors ended; the instances were seen healthy after a rollback; a
   * rollback ended.
   */
  readonly mitigatedBy: 'errors_ended' | 'healthy' | 'rolled_back' | null;
  readonly resolvedAt: Instant | null;
}

/** null: without the incident there is nothing to count from. */
export function recoveryOf(facts: TimelineFacts): Recovery | null {
  const { incident, log } = facts;
  if (incident === null) return null;
  const { triggeredAt } = incident;
  const mitigation = mitigationOf(facts, triggeredAt);
  return {
    triggeredAt,
    acknowledgedAt: log?.find(({ kind }) => kind === 'acknowledge')?.at ?? null,
    mitigatedAt: mitigation?.at ?? null,
    mitigatedBy: mitigation?.by ?? null,
    resolvedAt: resolvedAt(facts),
  };
}

function mitigationOf({ calm, intents, deploys }: TimelineFacts, triggeredAt: Instant) {
  if (calm !== null && calm.line.at >= triggeredAt) return { at: calm.line.at, by: 'errors_ended' } as const;
  // Cancelled, an update ends the harm if it was the one to blame: not if it was itself a rollback.
  const blamed = deploys.find(({ startedAt }) => startedAt < triggeredAt)?.version;
  const steps = intents
    .filter(({ action, from }) => action === 'rollback' || (action === 'cancel_update' && from === blamed))
    .flatMap(({ history }) => history.filter(({ state }) => state === 'confirmed'));
  const healthy = steps.find(({ at }) => at >= triggeredAt);
  if (healthy !== undefined) return { at: healthy.at, by: 'healthy' } as const;
  const back = deploys.findLast(
    (deploy) =>
      deploy.startedAt >= triggeredAt && deploy.status === 'succeeded' && isRollback(deploy, deploys),
  );
  return back?.finishedAt == null ? null : ({ at: back.finishedAt, by: 'rolled_back' } as const);
}
