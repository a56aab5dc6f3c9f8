import { type Cockpit, say } from '../cockpit.ts';
import { layout, PANES, type PaneId } from '../layout.ts';
import {
  currentDeploy,
  currentIncident,
  deployKey,
  paneRows,
  subject,
  visibleIncidents,
} from '../selectors.ts';
import { reorder, seen } from '../stores/incidents.ts';
import { LIVE_LOGS, leaveView } from '../stores/logs-view.ts';
import { NO_SIGNALS, reorderSignals } from '../stores/signals.ts';
import { forgetSubject } from '../stores/view.ts';
import { choose, close, open, top } from './dialogs.ts';
import { addLogFilter } from './log-filters.ts';

export function focus(cockpit: Cockpit, pane: PaneId): void {
  cockpit.view.update((view) => ({ ...view, focus: pane }));
}

export function focusNext(cockpit: Cockpit, delta: 1 | -1): void {
  const index = PANES.indexOf(cockpit.view.get().focus);
  focus(cockpit, PANES[(index + delta + PANES.length) % PANES.length] ?? 'incidents');
}

export function toggleZoom(cockpit: Cockpit): void {
  cockpit.view.update((view) => ({ ...view, zoomed: !view.zoomed }));
}

export function togglePin(cockpit: Cockpit): void {
  const view = cockpit.view.get();
  const service = subject(view)?.service ?? null;
  if (view.pinned !== null) {
    const freed = { ...view, pinned: null };
    cockpit.view.set(subject(freed)?.service === service ? freed : forgetSubject(freed));
    say(cockpit, 'The panes follow the chosen incident again');
  } else if (service !== null) {
    cockpit.view.set({ ...view, pinned: service });
    say(cockpit, `The panes stay on ${service} (p lets go)`);
  }
}

export function needsSubject({ view }: Cockpit): string | null {
  return subject(view.get()) === null ? 'No service is chosen' : null;
}

/** Points deploys, fleet and logs at a service, whichever incident is chosen. */
export function visit(cockpit: Cockpit, service: string): void {
  cockpit.view.update((view) => forgetSubject({ ...view, visited: service, pinned: null }));
  say(cockpit, `Deploys, fleet and logs show ${service}`);
}

export function enterEnvironment(cockpit: Cockpit, name: string): void {
  cockpit.view.update((view) => forgetSubject({ ...view, environment: name, signals: NO_SIGNALS }));
  cockpit.settings.rememberEnvironment(name);
  const guarded = cockpit.catalog.environments.find((each) => each.name === name)?.guarded === true;
  say(
    cockpit,
    guarded ? `${name}: what you do here is real` : `Now in ${name}`,
    guarded ? 'warn' : undefined,
  );
}

/** With two environments the other one; with more, a choice. */
export function changeEnvironment(cockpit: Cockpit): void {
  const now = cockpit.view.get().environment;
  const others = cockpit.catalog.environments.filter(({ name }) => name !== now);
  const [other] = others;
  if (other === undefined) {
    say(cockpit, `${now} is the only environment`, 'warn');
    return;
  }
  if (others.length === 1) {
    enterEnvironment(cockpit, other.name);
    return;
  }
  choose(
    cockpit,
    'Which environment?',
    `now ${now}`,
    others.map(({ name, guarded }) => ({
      label: name,
      note: guarded ? 'guarded' : '',
      pick: () => enterEnvironment(cockpit, name),
    })),
  );
}

export function openIncident(cockpit: Cockpit): void {
  cockpit.view.update((view) => {
    const incident = currentIncident(view);
    return incident === null
      ? view
      : { ...view, incidents: { ...view.incidents, opened: incident.id, scroll: 0 } };
  });
}

/** The deploy under the cursor, with what it changed. */
export function openDeploy(cockpit: Cockpit): void {
  const deploy = currentDeploy(cockpit);
  if (deploy === null) return;
  cockpit.view.update((view) => ({ ...view, openedDeploy: { key: deployKey(deploy), scroll: 0 } }));
}

export function needsDeploy(cockpit: Cockpit): string | null {
  return currentDeploy(cockpit) === null ? 'There is no deploy here' : null;
}

/** Esc: out of what was entered last: details, the filter of the pane, the zoom. */
export function back(cockpit: Cockpit): void {
  const view = cockpit.view.get();
  const { focus: pane, filters } = view;
  if (pane === 'incidents' && view.incidents.opened !== null) {
    cockpit.view.set({ ...view, incidents: { ...view.incidents, opened: null } });
  } else if (pane === 'signals' && view.signals.opened !== null) {
    cockpit.view.set({ ...view, signals: { ...view.signals, opened: null } });
  } else if (pane === 'deploys' && view.openedDeploy !== null) {
    cockpit.view.set({ ...view, openedDeploy: null });
  } else if (pane === 'logs' && view.logs.selectedFrom !== null) {
    cockpit.view.set({ ...view, logs: { ...view.logs, selectedFrom: null } });
  } else if (pane === 'logs' && (view.logs.show !== 'lines' || view.logs.held !== null)) {
    cockpit.view.set({ ...view, logs: leaveView(view.logs) });
  } else if (pane === 'logs' && view.logs.highlight !== '') {
    cockpit.view.set({ ...view, logs: { ...view.logs, highlight: '' } });
  } else if (pane === 'logs' && view.logs.filters.length > 0) {
    cockpit.view.set({ ...view, logs: { ...view.logs, filters: view.logs.filters.slice(0, -1) } });
  } else if (filters[pane] !== '') {
    cockpit.view.set({ ...view, filters: { ...filters, [pane]: '' } });
  } else if (view.zoomed) {
    toggleZoom(cockpit);
  } else if (pane !== 'incidents') {
    focus(cockpit, 'incidents');
  }
}

/** q: back out of details or zoom; from the plain screen it leaves. */
export function backOrQuit(cockpit: Cockpit): void {
  const view = cockpit.view.get();
  const opened: { readonly [P in PaneId]?: unknown } = {
    incidents: view.incidents.opened,
    deploys: view.openedDeploy,
    signals: view.signals.opened,
  };
  const inside = view.zoomed || (opened[view.focus] ?? null) !== null;
  if (inside) back(cockpit);
  else cockpit.terminal.quit();
}

export function startFilter(cockpit: Cockpit): void {
  const view = cockpit.view.get();
  // In the logs filters stack: each is typed anew.
  const before = view.filters[view.focus];
  open(cockpit, { kind: 'filter', pane: view.focus, text: before, before });
}

export function endFilter(cockpit: Cockpit, keep: boolean): void {
  const dialog = top(cockpit, 'filter');
  if (dialog === null) return;
  close(cockpit);
  if (keep && dialog.pane === 'logs' && dialog.text.trim() !== '') {
    setFilter(cockpit, 'logs', '');
    addLogFilter(cockpit, { kind: 'text', text: dialog.text.trim() });
  } else setFilter(cockpit, dialog.pane, keep ? dialog.text : dialog.before);
}

function setFilter(cockpit: Cockpit, pane: PaneId, text: string): void {
  cockpit.view.update((view) => ({ ...view, filters: { ...view.filters, [pane]: text } }));
}

export async function refreshAll(cockpit: Cockpit): Promise<void> {
  cockpit.view.update((view) => ({
    ...view,
    incidents: reorder(view.incidents),
    signals: reorderSignals(view.signals),
    logs: { ...view.logs, patterns: LIVE_LOGS.patterns },
  }));
  cockpit.terminal.repaint();
  say(cockpit, 'Reading everything again…');
  await cockpit.watch.refreshAll();
  markSeen(cockpit);
  if (cockpit.view.get().message?.text === 'Reading everything again…') say(cockpit, 'Read again');
}

/** What the incidents pane draws now counts as seen. */
export function markSeen(cockpit: Cockpit): void {
  const at = layout(cockpit.terminal.screen.get(), cockpit.view.get().zoomed);
  if (at.mode === 'tiny') return;
  const height = paneRows(cockpit, 'incidents');
  cockpit.view.update((view) => {
    const incidents = seen(view.incidents, visibleIncidents(view), height);
    return incidents === view.incidents ? view : { ...view, incidents };
  });
}
