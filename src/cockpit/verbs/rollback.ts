import type { ActionName, Offer, StackMending } from '../../actions/types.ts';
import { chooseTarget } from '../../insight/rollback/target.ts';
import { runningDeploy } from '../../insight/running-deploy.ts';
import { findSuspect } from '../../insight/suspect.ts';
import type { Incident } from '../../model/incident.ts';
import { systemNow } from '../../model/reading.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { when } from '../panes/deploy-lines.ts';
import { deploysOf, type Subject, subject, subjectIncident, subjectService } from '../selectors.ts';
import type { Choice } from '../stores/dialog.ts';
import { isLong, putRun, underWay } from '../stores/runs.ts';
import { finish, follow, request, settled, waited } from './act.ts';
import { choose, open } from './dialogs.ts';
import { readLeft } from './left.ts';
import { visit } from './panes.ts';

/** Why this service cannot be rolled back from here; null: it can be planned. */
export function needsStack(cockpit: Cockpit): string | null {
  const at = subject(cockpit.view.get());
  if (at === null) return 'No service is chosen: choose an incident, or : and a service';
  const service = subjectService(cockpit);
  if (service === null) return `${at.service} is not in the configuration`;
  return service.in[at.environment] === undefined ? `${at.service} does not run in ${at.environment}` : null;
}

/** What fits the stack as it stands: a version to go back to, or what gets it out of the update it is in. */
export async function rollback(cockpit: Cockpit): Promise<void> {
  const at = subject(cockpit.view.get());
  if (at === null) return;
  const incident = subjectIncident(cockpit.view.get());
  const title = `Reading the stack of ${at.service}`;
  const offer = await waited(cockpit, title, (signal) =>
    cockpit.actions.offer(at.service, at.environment, signal),
  );
  if (offer === null) return;
  if (offer.kind === 'roll_back') chooseVersion(cockpit, at, incident);
  else chooseWayOut(cockpit, at, incident, offer);
}

/** First which version, the last good one in front; then the plan with its checks. */
function chooseVersion(cockpit: Cockpit, at: Subject, incident: Incident | null): void {
  const view = cockpit.view.get();
  const reading = deploysOf(cockpit, at).get();
  const now = systemNow(reading, cockpit.now.get());
  const suspect = incident === null ? null : (findSuspect(incident, reading.value ?? [])?.deploy ?? null);
  const plan = (to: string | null) =>
    void request(
      cockpit,
      { action: 'rollback', ...target(at, incident), ...(to !== null && { to }) },
      `Planning the rollback of ${at.service}: reading stack, image and capacity`,
    );
  const known = reading.value ?? [];
  const current = runningDeploy(known);
  const incidents = (cockpit.watch.incidents().get().value ?? []).filter(
    ({ service }) => service === at.service,
  );
  const good = chooseTarget(known, current?.version ?? null, incidents, now);
  const served = known.filter(({ status }) => status === 'succeeded');
  const newest = served.filter((deploy, index) => {
    return served.findIndex(({ version }) => version === deploy.version) === index;
  });
  const choices = newest.map((deploy) => {
    const { version } = deploy;
    const marks = [
      ...(version === current?.version ? ['runs now'] : []),
      ...(version === suspect?.version ? ['SUSPECT'] : []),
    ];
    const facts = `${when({ incident, now }, deploy)}, ${deploy.who}`;
    return {
      label: version,
      note: marks.length === 0 ? facts : `${marks.join(', ')}: ${facts}`,
      pick: () => plan(version),
    };
  });
  choose(
    cockpit,
    `Roll ${at.service} in ${at.environment} back to which version?`,
    [
      ...(current === null ? [] : [`it runs ${current.version}`]),
      ...(view.pinned === null ? [] : [`pinned: ${view.pinned}`]),
    ].join('; '),
    [
      {
        label: 'last good version',
        note: `${good === null ? '' : `${good}: `}the last that succeeded and was healthy`,
        pick: () => plan(good),
      },
      ...choices,
    ],
  );
}

/** The stack is in the middle of something: watch it, cancel or continue it, or wait. */
function chooseWayOut(cockpit: Cockpit, at: Subject, incident: Incident | null, offer: Offer): void {
  const { kind, text, attach: mine } = offer;
  const plan = (action: StackMending['action']) =>
    void request(
      cockpit,
      { action, ...target(at, incident) },
      `Planning for the stack of ${at.service}: reading who began what`,
    );
  const choices: Choice[] = [];
  if (mine !== null)
    choices.push({ label: 'watch it', note: 'begun from here', pick: () => void attach(cockpit, mine) });
  if (kind === 'cancel_update')
    choices.push({
      label: 'cancel the update',
      note: 'the version before stays; plan and typed name first',
      pick: () => plan('cancel_update'),
    });
  if (kind === 'continue_rollback')
    choices.push({
      label: 'continue the rollback',
      note: 'back to what served before; plan and typed name first',
      pick: () => plan('continue_rollback'),
    });
  if (kind !== 'continue_rollback')
    choices.push({ label: 'wait', note: 'b shows again how it stands', pick: () => undefined });
  choose(cockpit, `${at.service} in ${at.environment} cannot be rolled back now`, text, choices);
}

function target({ service, environment }: Subject, incident: Incident | null) {
  return { service, environment, ...(incident !== null && { incident: incident.id }) };
}

/** The work under way; else what an earlier session left behind; else the last one that ended here. */
export async function watchRun(cockpit: Cockpit): Promise<void> {
  const runs = cockpit.runs.get().filter(({ action }) => isLong(action));
  const run = underWay(runs).at(-1) ?? runs.at(-1);
  if (run?.outcome !== null && (await readLeft(cockpit)).length > 0) return offerUnfinished(cockpit);
  if (run === undefined) say(cockpit, 'Nothing is under way', 'warn');
  else open(cockpit, { kind: 'progress', run: run.id });
}

/** Work that an earlier session left behind, under way or unknown: offers to watch it. */
export async function offerUnfinished(cockpit: Cockpit): Promise<void> {
  const rollbacks = await readLeft(cockpit);
  if (rollbacks.length === 0) return;
  choose(cockpit, 'Left unfinished by an earlier session', 'nothing is sent again: watching only reads', [
    ...rollbacks.map((intent) => ({
      label: `Watch the ${work(intent.action)} of ${intent.service ?? 'a service'}`,
      note: `${intent.environment ?? ''} ${intent.from ?? '?'} → ${intent.to ?? '?'}, by ${intent.who}`,
      pick: () => void attach(cockpit, intent.id),
    })),
    { label: 'Not now', note: 'W does it later, or oncall attach', pick: () => undefined },
  ]);
}

function work(action: ActionName): string {
  if (action === 'cancel_update') return 'cancelled update';
  return action === 'continue_rollback' ? 'continued rollback' : 'rollback';
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

async function attach(cockpit: Cockpit, id: string): Promise<void> {
  if (underWay(cockpit.runs.get()).some((run) => run.id === id)) {
    open(cockpit, { kind: 'progress', run: id });
    return;
  }
  const intent = (await cockpit.actions.unfinished().catch(() => [])).find((each) => each.id === id);
  if (intent === undefined) return say(cockpit, 'It has ended meanwhile');
  const { action, service, environment, from, to } = intent;
  const title = `${capital(work(action))} of ${service ?? 'a service'} in ${environment ?? '?'}: ${from ?? '?'} → ${to ?? '?'}`;
  cockpit.runs.update((runs) =>
    putRun(runs, {
      id,
      title,
      action,
      service,
      environment,
      from,
      to,
      expectedMs: null,
      progress: null,
      outcome: null,
    }),
  );
  // Whoever watches it wants to see what it does: the panes behind it show the same service.
  if (service !== null && environment === cockpit.view.get().environment) visit(cockpit, service);
  open(cockpit, { kind: 'progress', run: id });
  const outcome = await settled(
    cockpit.actions.attach(id, (progress) => follow(cockpit, id, progress), cockpit.terminal.left),
  );
  finish(cockpit, id, outcome, true);
  await readLeft(cockpit);
}
