import type { JournalIntent, Outcome } from '../../actions/types.ts';
import { WORK } from '../../actions/work.ts';
import { clock } from '../../text/time.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { keyLabel } from '../keymap.ts';
import { isLong } from '../stores/runs.ts';
import { settled } from './act.ts';
import { offerUnfinished } from './attach.ts';
import { readMarks } from './log-marks.ts';

/** What an earlier session left in the journal: long work is offered to be watched, the rest is found out by reading. */
export function takeUpEarlier(cockpit: Cockpit): void {
  void offerUnfinished(cockpit);
  void reconcile(cockpit);
  void readMarks(cockpit);
}

/** Reads what became of what was sent and never answered, sends nothing, and says it in a line once all is known. */
async function reconcile(cockpit: Cockpit): Promise<void> {
  const { actions, terminal } = cockpit;
  const intents = (await actions.unfinished().catch(() => [])).filter(({ action }) => !isLong(action));
  const found = await Promise.all(
    intents.map(async (intent) => ({
      intent,
      outcome: await settled(actions.attach(intent.id, () => undefined, terminal.left)),
    })),
  );
  if (found.length === 0 || terminal.left.aborted) return;
  const applied = ({ outcome }: Found) => outcome.state === 'confirmed';
  // What somebody has to look at comes first.
  const told = [...found.filter((each) => !applied(each)), ...found.filter(applied)];
  say(cockpit, told.map((each) => sentence(cockpit, each)).join(' '), found.every(applied) ? 'good' : 'warn');
}

interface Found {
  readonly intent: JournalIntent;
  readonly outcome: Outcome;
}

function sentence({ keymap }: Cockpit, { intent, outcome }: Found): string {
  const { action, service, incident, at } = intent;
  const what = `${WORK[action].noun} ${service ?? incident ?? 'several incidents'} from ${clock(at)}`;
  if (outcome.state === 'confirmed') return `The ${what} was applied.`;
  if (outcome.state === 'failed') return `The ${what} failed: ${outcome.text}`;
  const key = keymap.bindings.find(({ id }) => id === action.replaceAll('_', '-'))?.keys[0];
  const again = key === undefined ? '' : `, and press ${keyLabel(key)} again if it is still wanted`;
  return `It is not known whether the ${what} was applied: look${again}.`;
}
