import { WORK } from '../../actions/work.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { isLong, putRun, underWay } from '../stores/runs.ts';
import { finish, follow, settled } from './act.ts';
import { choose, open } from './dialogs.ts';
import { readLeft } from './left.ts';
import { visit } from './panes.ts';

/** The work under way; else what an earlier session left behind; else the last one that ended here. */
export async function watchRun(cockpit: Cockpit): Promise<void> {
  const runs = cockpit.runs.get().filter(({ action }) => isLong(action));
  const run = underWay(runs).at(-1) ?? runs.at(-1);
  if (run?.outcome !== null && (await readLeft(cockpit)).length > 0) return offerUnfinished(cockpit);
  if (run === undefined) say(cockpit, 'Nothing is under way', 'warn');
  else open(cockpit, { kind: 'progress', run: run.id, scroll: 0 });
}

/** Work that an earlier session left behind, under way or unknown: offers to watch it. */
export async function offerUnfinished(cockpit: Cockpit): Promise<void> {
  const rollbacks = await readLeft(cockpit);
  if (rollbacks.length === 0) return;
  choose(cockpit, 'Left unfinished by an earlier session', 'nothing is sent again: watching only reads', [
    ...rollbacks.map((intent) => ({
      label: `Watch the ${WORK[intent.action].noun} ${intent.service ?? 'a service'}`,
      note: `${intent.environment ?? ''} ${intent.from ?? '?'} → ${intent.to ?? '?'}, by ${intent.who}`,
      pick: () => void attach(cockpit, intent.id),
    })),
    { label: 'Not now', note: 'W does it later, or oncall attach', pick: () => undefined },
  ]);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Follows an intent of the journal to its end in a dialog of its own; sends nothing of it again. */
export async function attach(cockpit: Cockpit, id: string): Promise<void> {
  if (underWay(cockpit.runs.get()).some((run) => run.id === id)) {
    open(cockpit, { kind: 'progress', run: id, scroll: 0 });
    return;
  }
  const intent = (await cockpit.actions.unfinished().catch(() => [])).find((each) => each.id === id);
  if (intent === undefined) return say(cockpit, 'It has ended meanwhile');
  const { action, service, environment, from, to, incident, expectedMs } = intent;
  const title = `${capital(WORK[action].noun)} ${service ?? 'a service'} in ${environment ?? '?'}: ${from ?? '?'} → ${to ?? '?'}`;
  cockpit.runs.update((runs) =>
    putRun(runs, {
      id,
      title,
      action,
      service,
      environment,
      from,
      to,
      incident,
      expectedMs,
      progress: null,
      outcome: null,
    }),
  );
  // Whoever watches it wants to see what it does: the panes behind it show the same service.
  if (service !== null && environment === cockpit.view.get().environment) visit(cockpit, service);
  open(cockpit, { kind: 'progress', run: id, scroll: 0 });
  const outcome = await settled(
    cockpit.actions.attach(id, (progress) => follow(cockpit, id, progress), cockpit.terminal.left),
  );
  finish(cockpit, id, outcome, true);
  await readLeft(cockpit);
}
