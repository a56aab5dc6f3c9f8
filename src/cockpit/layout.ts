/** Where everything stands: pure arithmetic on the terminal's size. */
export const PANES = ['incidents', 'deploys', 'fleet', 'logs', 'signals'] as const;
export type PaneId = (typeof PANES)[number];

export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

export interface Rect {
  readonly width: number;
  readonly height: number;
}

export type Layout =
  /** Incidents over signals on the left, deploys over fleet on the right, logs below over the full width. */
  | { readonly mode: 'wide'; readonly panes: Readonly<Record<PaneId, Rect>>; readonly body: Rect }
  /** One pane; the others are one-line summaries. */
  | { readonly mode: 'single'; readonly pane: Rect; readonly body: Rect }
  /** One pane alone. */
  | { readonly mode: 'zoomed'; readonly pane: Rect; readonly body: Rect }
  /** Plain short text. */
  | { readonly mode: 'tiny'; readonly body: Rect };

const WIDE = { columns: 100, rows: 30 };
const TINY = { columns: 40, rows: 10 };
/** Header, message line and hint line. */
const CHROME = 3;

/** What the left column is for: the list of incidents, the opened one, or the signals. */
export type Lead = 'incidents' | 'incident' | 'signals';

export function leadOf(view: {
  readonly focus: PaneId;
  readonly incidents: { readonly opened: string | null };
}): Lead {
  if (view.focus === 'signals') return 'signals';
  return view.incidents.opened === null ? 'incidents' : 'incident';
}

/** Of the left column, what the less important of its two panes has. */
const SMALLER_SHARE = 0.36;
const LEAST_ROWS = 5;

/** Rows of the left column for the signals; beside an opened incident only their summary. */
function signalRows(column: number, lead: Lead): number {
  if (lead === 'incident') return 1;
  const smaller = Math.max(LEAST_ROWS, Math.round(column * SMALLER_SHARE));
  return lead === 'signals' ? column - smaller : smaller;
}

export function layout(screen: Screen, zoomed: boolean, lead: Lead = 'incidents'): Layout {
  const { columns, rows } = screen;
  if (columns < TINY.columns || rows < TINY.rows) {
    return { mode: 'tiny', body: { width: Math.max(1, columns), height: Math.max(1, rows) } };
  }
  const body = { width: columns, height: rows - CHROME };
  if (zoomed) return { mode: 'zoomed', pane: body, body };
  if (columns < WIDE.columns || rows < WIDE.rows) {
    return { mode: 'single', pane: { width: columns, height: body.height - (PANES.length - 1) }, body };
  }
  const top = Math.round(body.height * 0.5);
  const left = Math.min(76, Math.round(columns * 0.43));
  const deploys = Math.min(10, Math.max(5, Math.round(top * 0.4)));
  const signals = signalRows(top, lead);
  return {
    mode: 'wide',
    body,
    panes: {
      incidents: { width: left, height: top - signals },
      signals: { width: left, height: signals },
      deploys: { width: columns - left, height: deploys },
      fleet: { width: columns - left, height: top - deploys },
      logs: { width: columns, height: body.height - top },
    },
  };
}

/** Rows that a pane has for its content: those between its borders, or under its title. */
export function contentRows(at: Layout, pane: PaneId): number {
  if (at.mode === 'tiny') return 1;
  const rect = at.mode === 'wide' ? at.panes[pane] : at.pane;
  const bordered = at.mode === 'wide' && pane !== 'logs';
  return Math.max(1, rect.height - (bordered ? 2 : 1));
}
