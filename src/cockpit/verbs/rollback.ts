import { chooseTarget } from '../../insight/rollback/target.ts';
import { runningDeploy } from '../../insight/running-deploy.ts';
import { findSuspect } from '../../insight/suspect.ts';
import { systemNow } from '../../model/reading.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { when } from '../panes/deploy-lines.ts';
import { deploysOf, subject, subjectIncident, subjectService } from '../selectors.ts';
import { putRun, underWay } from '../stores/runs.ts';
import { finish, follow, request, settled } from './act.ts';
import { choose, open } from './dialogs.ts';
import { readLeft } from './left.ts';
import { visit } from './panes.ts';

/** Why this service cannot be rolled back from here; null: it can be planned. */
export function needsStack(cockpit: Cockpit): string | null {
  const at = subject(cockpit.view.get());
  if (at === null) return 'No service is chosen: choose an incident, or : and a service';
  const running = underWay(cockpit.runs.get()).find(({ service }) => service === at.service);
  if (running !== undefined) return `A rollback of ${at.service} is under way: W shows it`;
  const service = subjectService(cockpit);
  if (service === null) return `${at.service} is not in the configuration`;
  return service.in[at.environment] === undefined ? `${at.service} does not run in ${at.environment}` : null;
}

/** First which version, the last good one in front; then the plan with its checks. */
export function rollback(cockpit: Cockpit): void {
  const view = cockpit.view.get();
  const at = subject(view);
  if (at === null) return;
  const incident = subjectIncident(view);
  const reading = deploysOf(cockpit, at).get();
  const now = systemNow(reading, cockpit.now.get());
  const suspect = incident === null ? null : (findSuspect(incident, reading.value ?? [])?.deploy ?? null);
  const plan = (to: string | null) =>
    void request(
      cockpit,
      {
        action: 'rollback',
        service: at.service,
        environment: at.environment,
        ...(to !== null && { to }),
        ...(incident !== null && { incident: incident.id }),
      },
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

/** The rollback under way; else what an earlier session left behind; else the last one that ended here. */
export async function watchRun(cockpit: Cockpit): Promise<void> {
  const runs = cockpit.runs.get().filter(({ action }) => action === 'rollback');
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
      label: `Watch the rollback of ${intent.service ?? 'a service'}`,
      note: `${intent.environment ?? ''} ${intent.from ?? '?'} → ${intent.to ?? '?'}, by ${intent.who}`,
      pick: () => void attach(cockpit, intent.id),
    })),
    { label: 'Not now', note: 'W does it later, or oncall attach', pick: () => undefined },
  ]);
}

async function attach(cockpit: Cockpit, id: string): Promise<void> {
  const intent = (await cockpit.actions.unfinished().catch(() => [])).find((each) => each.id === id);
  if (intent === undefined) return say(cockpit, 'It has ended meanwhile');
  const { action, service, environment, from, to } = intent;
  const title = `Rollback of ${service ?? 'a service'} in ${environment ?? '?'}: ${from ?? '?'} → ${to ?? '?'}`;
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
