import type { JournalIntent } from '../../actions/types.ts';
import type { Cockpit } from '../cockpit.ts';
import { isLong, underWay } from '../stores/runs.ts';

/** The work on stacks that the journal has unfinished and this session does not follow; what cannot be read stays as known. */
export async function readLeft(cockpit: Cockpit): Promise<readonly JournalIntent[]> {
  const intents = await cockpit.actions.unfinished().catch(() => null);
  if (intents === null) return cockpit.left.get();
  const runs = underWay(cockpit.runs.get());
  const left = intents.filter(({ id, action }) => isLong(action) && !runs.some((run) => run.id === id));
  cockpit.left.set(left);
  return left;
}
