import { TAKE_BACK } from '../../actions/take-back.ts';
import { type RouteTarget, routeTargets } from '../../model/catalog.ts';
import type { Incident, OnCall } from '../../model/incident.ts';
import { SECOND } from '../../model/instant.ts';
import { systemNow } from '../../model/reading.ts';
import { age } from '../../text/time.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { isGone, targets } from '../selectors.ts';
import type { View } from '../stores/view.ts';
import { suggestedForAll } from '../suggestions.ts';
import { request } from './act.ts';
import { choose, open } from './dialogs.ts';

/** Why no action on incidents can be taken; null: it can. */
export function needsIncident({ view }: Cockpit): string | null {
  return targets(view.get()).length === 0 ? 'No open incident is chosen' : null;
}

/** For what acts on one incident at a time. */
export function needsOneIncident(cockpit: Cockpit): string | null {
  const chosen = targets(cockpit.view.get());
  return chosen.length > 1
    ? `${chosen.length} incidents are marked; this acts on one (Space unmarks)`
    : needsIncident(cockpit);
}

export function acknowledge(cockpit: Cockpit): void {
  onTargets(cockpit, 'acknowledge', 'Planning the acknowledgement');
}

export function resolve(cockpit: Cockpit): void {
  onTargets(cockpit, 'resolve', 'Planning the resolution');
}

function onTargets(cockpit: Cockpit, action: 'acknowledge' | 'resolve', title: string): void {
  const incidents = ids(cockpit.view.get());
  clearMarks(cockpit);
  void request(cockpit, { action, incidents }, title);
}

export function escalate(cockpit: Cockpit): void {
  withOne(
    cockpit,
    (incident) => void request(cockpit, { action: 'escalate', incident }, 'Reading who would be paged'),
  );
}

/** To a squad: first which one, with who is on call there now; then the plan, with who will be paged. */
export function reroute(cockpit: Cockpit): void {
  const incidents = ids(cockpit.view.get());
  const reading = cockpit.watch.onCall().get();
  const now = systemNow(reading, cockpit.now.get());
  const policies = new Set(reading.value?.map(({ escalationPolicy }) => escalationPolicy));
  // A duty that is kept as a schedule alone is nothing that an incident can be sent to.
  const isTarget = ({ id, escalationPolicy }: RouteTarget) =>
    policies.has(escalationPolicy) || cockpit.catalog.squads.some((squad) => squad.id === id);
  const found = suggestedForAll(cockpit, targets(cockpit.view.get()));
  const suggested = typeof found === 'string' ? null : found;
  const choices = routeTargets(cockpit.catalog)
    .filter(isTarget)
    .map((squad) => ({
      id: squad.id,
      label: squad.name,
      note: `${onCallNote(cockpit, squad.escalationPolicy, now)}${squad.id === suggested?.squad ? ' · suggested' : ''}`,
      pick: () => {
        clearMarks(cockpit);
        void request(cockpit, { action: 'reroute', incidents, squad: squad.id }, 'Reading who will be paged');
      },
    }));
  const [first] = targets(cockpit.view.get());
  const likely = suggested?.squad ?? first?.squad;
  choose(
    cockpit,
    `Re-route ${naming(targets(cockpit.view.get()))} to which squad?`,
    suggested === null ? 'who is on call now' : `suggested: ${suggested.reason}`,
    choices,
    choices.findIndex(({ id }) => id === likely),
  );
}

const SNOOZES: readonly (readonly [label: string, seconds: number])[] = [
  ['30 minutes', 30 * 60],
  ['1 hour', 3600],
  ['2 hours', 2 * 3600],
  ['4 hours', 4 * 3600],
  ['8 hours', 8 * 3600],
  ['1 day', 24 * 3600],
];

export function snooze(cockpit: Cockpit): void {
  withOne(cockpit, (incident) =>
    choose(
      cockpit,
      `Snooze ${naming(targets(cockpit.view.get()))} for how long?`,
      `It triggers again then. ${TAKE_BACK.snooze}`,
      SNOOZES.map(([label, seconds]) => ({
        label,
        note: '',
        pick: () => void request(cockpit, { action: 'snooze', incident, seconds }, 'Planning the snooze'),
      })),
      1,
    ),
  );
}

export function note(cockpit: Cockpit): void {
  noteOn(cockpit, '');
}

/** A note that begins with that text. */
export function noteOn(cockpit: Cockpit, text: string): void {
  const [about] = targets(cockpit.view.get());
  withOne(cockpit, (incident) =>
    open(cockpit, {
      kind: 'text',
      title: about === undefined ? 'Note' : `Note on ${naming([about])}: ${about.title}`,
      hint: TAKE_BACK.note,
      text,
      submit: (written) =>
        void request(cockpit, { action: 'note', incident, text: written }, 'Writing the note'),
    }),
  );
}

export function toggleMark(cockpit: Cockpit, id: string): void {
  cockpit.view.update((view) => {
    const marks = new Set(view.incidents.marks);
    if (!marks.delete(id)) marks.add(id);
    return { ...view, incidents: { ...view.incidents, marks } };
  });
}

/** Marks all that are shown and open; where all are marked, none. */
export function toggleAllMarks(cockpit: Cockpit, visible: readonly string[]): void {
  cockpit.view.update((view) => {
    const open = visible.filter((id) => !isGone(view.incidents, id));
    const all = open.every((id) => view.incidents.marks.has(id));
    return { ...view, incidents: { ...view.incidents, marks: new Set(all ? [] : open) } };
  });
}

export function clearMarks(cockpit: Cockpit): void {
  cockpit.view.update((view) => ({ ...view, incidents: { ...view.incidents, marks: new Set() } }));
}

/** `charge-central`, or `3 incidents`. */
function naming(incidents: readonly Incident[]): string {
  const [first] = incidents;
  return incidents.length === 1 && first !== undefined
    ? (first.service ?? first.pagerService.name)
    : `${incidents.length} incidents`;
}

function ids(view: View): readonly string[] {
  return targets(view).map(({ id }) => id);
}

function withOne(cockpit: Cockpit, act: (id: string) => void): void {
  const [incident] = targets(cockpit.view.get());
  if (incident === undefined) say(cockpit, 'No open incident is chosen', 'warn');
  else act(incident.id);
}

function onCallNote(cockpit: Cockpit, policy: string, now: number): string {
  const reading = cockpit.watch.onCall().get();
  if (reading.value === null) return 'not read yet';
  const first = onCallAt(reading.value, policy, 1);
  const second = onCallAt(reading.value, policy, 2);
  const then = second === null ? '' : `, then ${second.person.name}`;
  if (first === null) return `nobody at level 1${then}`;
  const until =
    first.until !== null && first.until - now < 8 * 3600 * SECOND ? ` (${age(first.until - now)} left)` : '';
  return `${first.person.name}${until}${then}`;
}

function onCallAt(onCalls: readonly OnCall[], policy: string, level: number): OnCall | null {
  return onCalls.find((each) => each.escalationPolicy === policy && each.level === level) ?? null;
}
