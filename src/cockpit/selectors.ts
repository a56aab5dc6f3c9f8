import { findService, type Service } from '../model/catalog.ts';
import type { Deploy } from '../model/deploy.ts';
import type { Group } from '../model/fleet.ts';
import type { Incident } from '../model/incident.ts';
import type { LogLine } from '../model/log-line.ts';
import { allLines } from '../model/log-lines.ts';
import type { Signal } from '../model/signal.ts';
import type { LogView, Source } from '../watch/types.ts';
import type { Cockpit } from './cockpit.ts';
import { matcher } from './filter.ts';
import { contentRows, type Layout, layout, leadOf, type PaneId } from './layout.ts';
import { squadMates } from './squad-logs.ts';
import { place } from './stores/anchor.ts';
import { type FleetRow, fleetRows } from './stores/fleet-tree.ts';
import { type LogFilter, passesAll } from './stores/log-filter.ts';
import type { IncidentsView, View } from './stores/view.ts';

/** What the panes beside the incidents look at. */
export interface Subject {
  readonly service: string;
  readonly environment: string;
}

function layoutOf(cockpit: Cockpit): Layout {
  const view = cockpit.view.get();
  return layout(cockpit.terminal.screen.get(), view.zoomed, leadOf(view));
}

export function paneRows(cockpit: Cockpit, pane: PaneId): number {
  return contentRows(layoutOf(cockpit), pane);
}

/** Ids of the incidents that the filter lets through, in the order of the pane. */
export function visibleIncidents(view: View): readonly string[] {
  const { list, known } = view.incidents;
  const matches = matcher(view.filters.incidents);
  return list.order.filter((id) => {
    const incident = known.get(id);
    return incident !== undefined && matches(incidentText(incident));
  });
}

/** The incident under the cursor, or the opened one. */
export function currentIncident(view: View): Incident | null {
  const id = view.incidents.opened ?? cursorIncident(view);
  return (id !== null && view.incidents.known.get(id)) || null;
}

function cursorIncident(view: View): string | null {
  const keys = visibleIncidents(view);
  return keys[place(keys, view.incidents.anchor, Number.POSITIVE_INFINITY).index] ?? null;
}

/** What an action on incidents is about: the marked ones, else the current one. */
export function targets(view: View): readonly Incident[] {
  const open = (incident: Incident) => !isGone(view.incidents, incident.id);
  const marked = [...view.incidents.marks].flatMap((id) => view.incidents.known.get(id) ?? []).filter(open);
  if (marked.length > 0) return marked;
  const current = currentIncident(view);
  return current !== null && open(current) ? [current] : [];
}

export function isGone(view: IncidentsView, id: string): boolean {
  return view.list.gone.has(id);
}

/** The service that deploys, fleet and logs show: pinned, asked for by name, or the current incident's. */
export function subject(view: View): Subject | null {
  const service = view.pinned ?? view.visited ?? currentIncident(view)?.service ?? null;
  return service === null ? null : { service, environment: view.environment };
}

export function subjectService(cockpit: Cockpit): Service | null {
  const name = subject(cockpit.view.get())?.service;
  return (name !== undefined && findService(cockpit.catalog, name)) || null;
}

export function deploysOf({ watch }: Pick<Cockpit, 'watch'>, of: Subject): Source<readonly Deploy[]> {
  return watch.deploys(of.service, of.environment);
}

export function fleetOf({ watch }: Pick<Cockpit, 'watch'>, of: Subject): Source<readonly Group[]> {
  return watch.fleet(of.service, of.environment);
}

/** The log that is looked at: of the service, or of its whole squad; the shape is always that of the service alone. */
export function logsOf(
  { watch, view, catalog }: Pick<Cockpit, 'watch' | 'view' | 'catalog'>,
  of: Subject,
): Source<LogView> {
  const { squad, show } = view.get().logs;
  const others = squad && show !== 'shape' ? squadMates(catalog, of) : [];
  return watch.logs(of.service, of.environment, others);
}

/** The open incident whose service the other panes show: suspects are judged by its trigger. */
export function subjectIncident(view: View): Incident | null {
  const name = subject(view)?.service;
  const current = currentIncident(view);
  if (current?.service === name) return current;
  const open = [...view.incidents.known.values()].filter(
    (incident) => incident.service === name && !isGone(view.incidents, incident.id),
  );
  return open.sort((a, b) => b.triggeredAt - a.triggeredAt)[0] ?? null;
}

/** Keys of the signals that the filter lets through, in the order of the pane. */
export function visibleSignals(view: View): readonly string[] {
  const { list, known } = view.signals;
  const matches = matcher(view.filters.signals);
  return list.order.filter((key) => {
    const signal = known.get(key);
    return signal !== undefined && matches(signalText(signal));
  });
}

/** The signal under the cursor, or the opened one. */
export function currentSignal(view: View): Signal | null {
  const keys = visibleSignals(view);
  const key = view.signals.opened ?? keys[place(keys, view.signals.anchor, Number.POSITIVE_INFINITY).index];
  return (key !== undefined && view.signals.known.get(key)) || null;
}

/** The deploys that the filter lets through, newest first. */
export function visibleDeploys(view: View, deploys: readonly Deploy[] | null): readonly Deploy[] {
  const matches = matcher(view.filters.deploys);
  return (deploys ?? []).filter((deploy) => matches(deployText(deploy)));
}

/** The deploy under the pane's cursor. */
export function currentDeploy(cockpit: Cockpit): Deploy | null {
  const view = cockpit.view.get();
  const at = subject(view);
  const deploys = visibleDeploys(view, at === null ? null : deploysOf(cockpit, at).get().value);
  return deploys[place(deploys.map(deployKey), view.deploys, Number.POSITIVE_INFINITY).index] ?? null;
}

export function deployKey(deploy: Deploy): string {
  return `${deploy.version}@${deploy.startedAt}`;
}

/** The rows of the fleet pane: what is open, as far as the filter lets it through. */
export function visibleFleet(view: View, groups: readonly Group[] | null): readonly FleetRow[] {
  return fleetRows(groups ?? [], view.fleet.toggled, matcher(view.filters.fleet));
}

/** The lines that every filter lets through, also the one that is being typed; oldest first. */
export function visibleLines(view: View, logs: LogView | null): readonly LogLine[] {
  const lines = view.logs.held === null ? (logs?.lines ?? []) : allLines(view.logs.held.lines);
  const filters = logFilters(view);
  return filters.length === 0 ? lines : lines.filter(passesAll(filters));
}

/** Lines are shown among those around them as they were said: without filters. */
export function logFilters({ logs, filters }: View): readonly LogFilter[] {
  if (logs.held?.kind === 'context') return [];
  return filters.logs === '' ? logs.filters : [...logs.filters, { kind: 'text', text: filters.logs }];
}

function incidentText(incident: Incident): string {
  return [
    `#${incident.number}`,
    incident.service ?? incident.pagerService.name,
    incident.squad ?? '',
    incident.title,
    incident.status,
    incident.urgency,
    ...incident.assignees.map((person) => person.name),
  ].join(' ');
}

function signalText({ source, kind, service, squad, title, severity }: Signal): string {
  return [source, kind, service ?? '', squad ?? '', title, severity].join(' ');
}

function deployText(deploy: Deploy): string {
  return `${deploy.version} ${deploy.who} ${deploy.status} ${deploy.reference ?? ''}`;
}
