import type { Incident } from '../../model/incident.ts';
import { PANES, type PaneId } from '../layout.ts';
import type { Tone } from '../theme.ts';
import type { Anchor } from './anchor.ts';
import type { Dialog } from './dialog.ts';
import { forgetLogs, LIVE_LOGS, type LogsView } from './logs-view.ts';
import { NO_SIGNALS, type SignalsPaneView } from './signals.ts';
import { EMPTY_LIST, type SteadyList } from './steady-list.ts';

/** Everything about how things are looked at; what is looked at comes from the watch. */
export interface View {
  readonly environment: string;
  readonly focus: PaneId;
  readonly zoomed: boolean;
  /** The service that the other panes stay on, whichever incident is chosen. */
  readonly pinned: string | null;
  /** A service that was asked for by name; until another incident is chosen. */
  readonly visited: string | null;
  readonly filters: Readonly<Record<PaneId, string>>;
  readonly incidents: IncidentsView;
  readonly deploys: Anchor | null;
  /** The deploy whose changes are shown instead of the list, and the first row of them that is drawn. */
  readonly openedDeploy: { readonly key: string; readonly scroll: number } | null;
  readonly fleet: FleetView;
  readonly logs: LogsView;
  readonly signals: SignalsPaneView;
  /** The last one has the keys. */
  readonly dialogs: readonly Dialog[];
  /** When a dialog last closed, in milliseconds of the monotonic clock: what was typed for it may still come. */
  readonly dialogClosedAt: number;
  readonly message: Message | null;
  /** What was asked for and is not confirmed yet, by incident or by signal's key: `acking…`. */
  readonly pending: ReadonlyMap<string, string>;
}

export interface IncidentsView {
  readonly list: SteadyList;
  readonly anchor: Anchor | null;
  /** Last known state of every incident in the list. */
  readonly known: ReadonlyMap<string, Incident>;
  readonly marks: ReadonlySet<string>;
  /** The incident whose details are shown instead of the list. */
  readonly opened: string | null;
  /** First row of the details that is drawn. */
  readonly scroll: number;
}

export interface FleetView {
  readonly anchor: Anchor | null;
  /** Rows that were opened or closed by hand, against their default. */
  readonly toggled: ReadonlySet<string>;
}

export interface Message {
  readonly text: string;
  readonly tone?: Tone;
}

export function initialView(environment: string): View {
  return {
    environment,
    focus: 'incidents',
    zoomed: false,
    pinned: null,
    visited: null,
    filters: { incidents: '', deploys: '', fleet: '', logs: '', signals: '' },
    incidents: {
      list: EMPTY_LIST,
      anchor: null,
      known: new Map(),
      marks: new Set(),
      opened: null,
      scroll: 0,
    },
    deploys: null,
    openedDeploy: null,
    fleet: { anchor: null, toggled: new Set() },
    logs: LIVE_LOGS,
    signals: NO_SIGNALS,
    dialogs: [],
    dialogClosedAt: Number.NEGATIVE_INFINITY,
    message: null,
    pending: new Map(),
  };
}

/** What belongs to one service and environment starts anew when another one is looked at. */
export function forgetSubject(view: View): View {
  return {
    ...view,
    deploys: null,
    openedDeploy: null,
    fleet: { anchor: null, toggled: new Set() },
    logs: forgetLogs(view.logs),
  };
}

export function paneNumber(pane: PaneId): string {
  return String(PANES.indexOf(pane) + 1);
}
