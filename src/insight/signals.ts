import type { Incident } from '../model/incident.ts';
import { MINUTE } from '../model/instant.ts';
import type { Signal } from '../model/signal.ts';

/** Unique among all sources. */
export function signalKey({ source, id }: Pick<Signal, 'source' | 'id'>): string {
  return `${source} ${id}`;
}

/** Worst and newest first: what nobody is on before what somebody is on, critical before warning, then the newest. */
export function worstSignalsFirst(signals: readonly Signal[]): readonly Signal[] {
  return [...signals].sort(
    (a, b) =>
      Number(isHandled(a)) - Number(isHandled(b)) ||
      severityRank(a) - severityRank(b) ||
      (b.since ?? 0) - (a.since ?? 0) ||
      (signalKey(a) < signalKey(b) ? -1 : 1),
  );
}

/** Somebody is on it, or it is down on purpose. */
export function isHandled({ acknowledged, inDowntime }: Signal): boolean {
  return acknowledged || inDowntime;
}

const SEVERITIES: readonly string[] = ['critical', 'warning', 'unknown'];

/** A word that we do not know stands right after the worst: better seen too early than too late. */
function severityRank({ severity }: Signal): number {
  const index = SEVERITIES.indexOf(severity);
  return index === -1 ? 0.5 : index;
}

/** How a signal hangs together with an incident: of the same service, or of its squad and about as old. */
export type Relation = 'service' | 'squad';

/** How far from an incident's trigger a signal of the same squad still counts as its company. */
const NEAR_MS = 15 * MINUTE;

/** null: it has nothing to do with it that can be seen. */
export function relationTo(
  signal: Pick<Signal, 'service' | 'squad' | 'since'>,
  incident: Pick<Incident, 'service' | 'squad' | 'triggeredAt'> | null,
): Relation | null {
  if (incident === null) return null;
  if (signal.service !== null && signal.service === incident.service) return 'service';
  if (signal.squad === null || signal.squad !== incident.squad || signal.since === null) return null;
  return Math.abs(signal.since - incident.triggeredAt) <= NEAR_MS ? 'squad' : null;
}
