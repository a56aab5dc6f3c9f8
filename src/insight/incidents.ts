import type { Incident } from '../model/incident.ts';

/** Worst and newest first: triggered before acknowledged, high before low, then the newest. */
export function worstFirst(incidents: readonly Incident[]): readonly Incident[] {
  return [...incidents].sort(
    (a, b) =>
      rank(a.status, STATUSES) - rank(b.status, STATUSES) ||
      rank(a.urgency, URGENCIES) - rank(b.urgency, URGENCIES) ||
      b.triggeredAt - a.triggeredAt ||
      (a.id < b.id ? -1 : 1),
  );
}

export function isMine(
  incident: Incident,
  me: { readonly id?: string; readonly email?: string | null },
): boolean {
  return [...incident.assignees, ...incident.acknowledgedBy].some(
    (person) =>
      (me.id !== undefined && person.id === me.id) ||
      (me.email != null && person.email?.toLowerCase() === me.email.toLowerCase()),
  );
}

const STATUSES = ['triggered', 'acknowledged', 'resolved'];
const URGENCIES = ['high', 'low'];

/** A word that we do not know stands before the harmless end: better seen too early than too late. */
function rank(word: string, order: readonly string[]): number {
  const index = order.indexOf(word);
  return index === -1 ? 0.5 : index;
}
