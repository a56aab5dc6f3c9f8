import type { JournalIntent } from '../../actions/types.ts';
import type { Cockpit } from '../cockpit.ts';
import { underWay } from '../stores/runs.ts';

/** The rollbacks that the journal has unfinished and this session does not follow; what cannot be read stays as known. */
export async function readLeft(cockpit: Cockpit): Promise<readonly JournalIntent[]> {
  const intents = await cockpit.actions.unfinished().catch(() => null);
  if (intents === null) return cockpit.left.get();
  const runs = underWay(cockpit.runs.get());
  const left = intents.filter(
    ({ id, action }) => action === 'rollback' && !runs.some((run) => run.id === id),
  );
  cockpit.left.set(left);
  return left;
}
