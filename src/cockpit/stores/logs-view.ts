import type { LogLines } from '../../model/log-lines.ts';
import type { Line } from '../widgets/line.ts';
import type { Anchor } from './anchor.ts';
import type { LogFilter } from './log-filter.ts';
import type { PatternsView } from './log-news.ts';
import type { ShapeView } from './log-shape.ts';
import type { HeldSearch } from './search.ts';

export const TIME_FORMS = ['clock', 'before', 'gaps'] as const;

/** How the log pane is looked at. */
export interface LogsView {
  /** `table`: what a search made of lines. */
  readonly show: 'lines' | 'patterns' | 'shape' | 'table';
  /** The logs of all services of the squad; false: this service alone. */
  readonly squad: boolean;
  /** null: the live log. */
  readonly held: HeldLog | null;
  /** null: follows the newest line. */
  readonly anchor: Anchor | null;
  /** How many lines had come when following stopped. */
  readonly totalAtPause: number;
  readonly wrap: boolean;
  readonly filters: readonly LogFilter[];
  /** `clock`; `before`: how long before the newest line; `gaps`: clock, and where nothing was said. */
  readonly time: (typeof TIME_FORMS)[number];
  /** Text or a regular expression that stands out; empty: none. */
  readonly highlight: string;
  /** Ids of the lines that show all that they say. */
  readonly unfolded: ReadonlySet<string>;
  /** Id of the line where a selection began; it goes to the cursor. null: none. */
  readonly selectedFrom: string | null;
  readonly patterns: PatternsView;
  readonly shape: ShapeView;
}

/** What is read instead of the live log: the lines around one, those of a span, or what a search by hand finds. */
export interface HeldLog {
  readonly kind: 'context' | 'span' | 'search';
  /** Whose lines; missing: those of the service that is looked at. */
  readonly service?: string;
  readonly lines: LogLines;
  /** Of the title: `around 03:11:56`, how far a search is, what is missing. */
  readonly parts: readonly Line[];
  /** Where the cursor was in the live log; missing or null: its newest line was followed. */
  readonly back?: Anchor | null;
  /** Of a search by hand. */
  readonly search?: HeldSearch;
}

export const LIVE_LOGS: LogsView = {
  show: 'lines',
  squad: false,
  held: null,
  anchor: null,
  totalAtPause: 0,
  wrap: false,
  filters: [],
  time: 'clock',
  highlight: '',
  unfolded: new Set(),
  selectedFrom: null,
  patterns: { order: [], anchor: null },
  shape: { at: null, from: null },
};

/** Another service's log is looked at: from its newest line, in the form that the person chose. */
export function forgetLogs(view: LogsView): LogsView {
  const { squad, wrap, time, highlight } = view;
  const filters = view.filters.filter(({ kind }) => kind === 'text');
  return { ...LIVE_LOGS, squad, wrap, time, highlight, filters };
}

/** Out of what was entered last: patterns or shape to their lines, held lines to the live log. */
export function leaveView(view: LogsView): LogsView {
  return view.show === 'lines' || view.show === 'table'
    ? { ...view, show: 'lines', held: null, anchor: view.held?.back ?? null }
    : { ...view, show: 'lines' };
}
