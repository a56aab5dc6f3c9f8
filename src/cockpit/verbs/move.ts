import type { Cockpit } from '../cockpit.ts';
import type { PaneId } from '../layout.ts';
import {
  deployKey,
  deploysOf,
  fleetOf,
  logsOf,
  paneRows,
  subject,
  visibleDeploys,
  visibleFleet,
  visibleIncidents,
  visibleLines,
  visibleSignals,
} from '../selectors.ts';
import { place, step } from '../stores/anchor.ts';
import type { FleetRow } from '../stores/fleet-tree.ts';
import { moveCursor } from '../stores/incidents.ts';
import { follow, moveLine, pause } from '../stores/logs.ts';
import { moveSignal } from '../stores/signals.ts';
import { forgetSubject } from '../stores/view.ts';
import { movePattern } from './log-patterns.ts';
import { moveShape } from './log-shape.ts';
import { moveTable } from './log-table.ts';

/** Moves the cursor of the focused pane by `delta` rows; ±Infinity goes to an end. */
export function move(cockpit: Cockpit, delta: number): void {
  MOVES[cockpit.view.get().focus](cockpit, delta);
}

/** Half a page up or down. */
export function movePage(cockpit: Cockpit, direction: 1 | -1): void {
  move(cockpit, direction * Math.max(1, Math.floor(paneRows(cockpit, cockpit.view.get().focus) * 0.8)));
}

const MOVES: Readonly<Record<PaneId, (cockpit: Cockpit, delta: number) => void>> = {
  incidents: moveIncidents,
  deploys: moveDeploys,
  fleet: moveFleet,
  logs: moveLogs,
  signals: moveSignals,
};

function moveIncidents(cockpit: Cockpit, delta: number): void {
  const height = paneRows(cockpit, 'incidents');
  cockpit.view.update((view) => {
    if (view.incidents.opened !== null) {
      const scroll = Math.min(999, Math.max(0, view.incidents.scroll + delta));
      return { ...view, incidents: { ...view.incidents, scroll } };
    }
    const incidents = moveCursor(view.incidents, visibleIncidents(view), delta, height);
    if (incidents === view.incidents) return view;
    const moved = { ...view, incidents, visited: null };
    return subject(moved)?.service === subject(view)?.service ? moved : forgetSubject(moved);
  });
}

function moveSignals(cockpit: Cockpit, delta: number): void {
  const height = paneRows(cockpit, 'signals');
  cockpit.view.update((view) => {
    if (view.signals.opened !== null) {
      const scroll = Math.min(999, Math.max(0, view.signals.scroll + delta));
      return { ...view, signals: { ...view.signals, scroll } };
    }
    return { ...view, signals: moveSignal(view.signals, visibleSignals(view), delta, height) };
  });
}

function moveDeploys(cockpit: Cockpit, delta: number): void {
  const { openedDeploy } = cockpit.view.get();
  if (openedDeploy !== null) {
    const scroll = Math.min(999, Math.max(0, openedDeploy.scroll + delta));
    cockpit.view.update((view) => ({ ...view, openedDeploy: { ...openedDeploy, scroll } }));
    return;
  }
  const at = subject(cockpit.view.get());
  if (at === null) return;
  const deploys = visibleDeploys(cockpit.view.get(), deploysOf(cockpit, at).get().value);
  const keys = deploys.map(deployKey);
  const height = paneRows(cockpit, 'deploys');
  cockpit.view.update((view) => ({ ...view, deploys: step(keys, view.deploys, delta, height) }));
}

function moveFleet(cockpit: Cockpit, delta: number): void {
  const keys = fleetKeys(cockpit);
  const height = paneRows(cockpit, 'fleet');
  cockpit.view.update((view) => ({
    ...view,
    fleet: { ...view.fleet, anchor: step(keys, view.fleet.anchor, delta, height) },
  }));
}

function moveLogs(cockpit: Cockpit, delta: number): void {
  const view = cockpit.view.get();
  if (view.logs.show === 'patterns') {
    movePattern(cockpit, delta);
    return;
  }
  if (view.logs.show === 'table') {
    moveTable(cockpit, delta);
    return;
  }
  if (view.logs.show === 'shape') {
    // Up and down mean nothing in it; to its ends one may go.
    if (!Number.isFinite(delta)) moveShape(cockpit, delta);
    return;
  }
  const at = subject(view);
  const logs = at === null ? null : logsOf(cockpit, at).get().value;
  const lines = visibleLines(view, logs);
  const height = paneRows(cockpit, 'logs');
  if (delta === Number.POSITIVE_INFINITY) {
    cockpit.view.set({ ...view, logs: follow(view.logs) });
    return;
  }
  // The newest line follows by itself: there is nothing below it to move to.
  if (view.logs.anchor === null && delta > 0) return;
  const paused = pause(view.logs, lines, logs?.total ?? 0, height);
  cockpit.view.set({ ...view, logs: moveLine(paused, lines, delta, height) });
}

/** Opens (1) or closes (-1) the row under the fleet's cursor; a row with nothing to close closes what it stands in. */
export function openRow(cockpit: Cockpit, direction: 1 | -1): void {
  const rows = rowsOf(cockpit);
  const { view } = cockpit;
  const keys = rows.map(({ key }) => key);
  const row = rows[place(keys, view.get().fleet.anchor, Number.POSITIVE_INFINITY).index];
  if (row === undefined) return;
  if (row.kind === 'group' || row.kind === 'instance') {
    if (row.open === (direction === -1)) toggle(cockpit, row.key, keys);
  } else if (direction === -1) {
    const within = row.kind === 'traffic' ? `group ${row.group.name}` : `instance ${row.instance.id}`;
    toggle(cockpit, within, keys);
  }
}

/** Turns the row over, and puts the cursor on it. */
function toggle(cockpit: Cockpit, key: string, keys: readonly string[]): void {
  const height = paneRows(cockpit, 'fleet');
  cockpit.view.update((view) => {
    const toggled = new Set(view.fleet.toggled);
    if (!toggled.delete(key)) toggled.add(key);
    const { top } = place(keys, view.fleet.anchor, height);
    const row = Math.min(height - 1, Math.max(0, keys.indexOf(key) - top));
    return { ...view, fleet: { toggled, anchor: { key, row } } };
  });
}

function fleetKeys(cockpit: Cockpit): readonly string[] {
  return rowsOf(cockpit).map(({ key }) => key);
}

/** The rows of the fleet pane as they stand. */
export function rowsOf(cockpit: Cockpit): readonly FleetRow[] {
  const view = cockpit.view.get();
  const at = subject(view);
  if (at === null) return [];
  return visibleFleet(view, fleetOf(cockpit, at).get().value);
}
