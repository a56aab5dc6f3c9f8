import { isMine } from '../insight/incidents.ts';
import type { Incident } from '../model/incident.ts';
import type { Reading } from '../model/reading.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import { UsageError } from './exit.ts';

/** The incidents of one squad, or those that are mine; all of them by default. */
export function chosen(
  look: Pick<Snapshot, 'incidents' | 'me'>,
  squadId: string | null,
  mine: boolean,
): Reading<readonly Incident[]> {
  const { incidents, me } = look;
  if (incidents.value === null || (squadId === null && !mine)) return incidents;
  if (mine && me === null) {
    throw new UsageError('--mine: nobody knows who you are: set ONCALL_USER_EMAIL, or email in user.yaml.');
  }
  const value = incidents.value.filter(
    (incident) =>
      (squadId === null || incident.squad === squadId) && (!mine || (me !== null && isMine(incident, me))),
  );
  return { ...incidents, value };
}
