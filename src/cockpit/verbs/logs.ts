import type { LogLine } from '../../model/log-line.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { marker } from '../filter.ts';
import { logsOf, paneRows, subject, visibleLines } from '../selectors.ts';
import { isErrorLevel } from '../stores/log-level.ts';
import { cursorLine, follow, moveToLine, pause, unfold } from '../stores/logs.ts';
import { TIME_FORMS } from '../stores/logs-view.ts';
import type { View } from '../stores/view.ts';
import { open } from './dialogs.ts';
import { back } from './panes.ts';

export function toggleFollow(cockpit: Cockpit): void {
  cockpit.view.update((view) => ({
    ...view,
    logs: view.logs.anchor === null ? paused(cockpit, view) : follow(view.logs),
  }));
}

export function followLogs(cockpit: Cockpit): void {
  cockpit.view.update((view) => ({ ...view, logs: follow(view.logs) }));
}

export function toggleWrap(cockpit: Cockpit): void {
  cockpit.view.update((view) => ({ ...view, logs: { ...view.logs, wrap: !view.logs.wrap } }));
}

export function toError(cockpit: Cockpit, direction: 1 | -1): void {
  toLine(cockpit, direction, 'error', ({ level }) => isErrorLevel(level));
}

export function toHighlighted(cockpit: Cockpit, direction: 1 | -1): void {
  const marks = marker(cockpit.view.get().logs.highlight);
  toLine(cockpit, direction, 'highlighted line', ({ message }) => marks(message).length > 0);
}

function toLine(cockpit: Cockpit, direction: 1 | -1, name: string, wanted: (line: LogLine) => boolean): void {
  const view = cockpit.view.get();
  const { lines } = shown(cockpit, view);
  const moved = moveToLine(paused(cockpit, view), lines, direction, paneRows(cockpit, 'logs'), wanted);
  if (moved === null) say(cockpit, direction === 1 ? `No later ${name}` : `No earlier ${name}`);
  else cockpit.view.set({ ...view, logs: moved });
}

/** Clock, ages before the newest line, or clock with the gaps marked: the next of them. */
export function nextTimeForm(cockpit: Cockpit): void {
  cockpit.view.update((view) => {
    const time = TIME_FORMS[(TIME_FORMS.indexOf(view.logs.time) + 1) % TIME_FORMS.length] ?? 'clock';
    return { ...view, logs: { ...view.logs, time } };
  });
  say(cockpit, TIME_TEXTS[cockpit.view.get().logs.time]);
}

const TIME_TEXTS = {
  clock: 'Times as the lines tell them, UTC',
  before: 'Times as ages before the newest line',
  gaps: 'Where nothing was said for 10 s or longer, a row says so',
} as const;

/** Shows all that the line under the cursor says, or one row again. */
export function foldLine(cockpit: Cockpit, open: boolean): void {
  const view = cockpit.view.get();
  const { lines } = shown(cockpit, view);
  const line = cursorLine(view.logs, lines);
  if (line === null) return;
  if (!open && !view.logs.unfolded.has(line.id)) back(cockpit);
  else {
    const turned = open && !view.logs.unfolded.has(line.id);
    cockpit.view.set({ ...view, logs: unfold(paused(cockpit, view), line.id, turned) });
  }
}

export function needsHighlight({ view }: Cockpit): string | null {
  return view.get().logs.highlight === '' ? 'Nothing is highlighted; H sets it' : null;
}

export function askHighlight(cockpit: Cockpit): void {
  const { highlight } = cockpit.view.get().logs;
  open(cockpit, {
    kind: 'text',
    title: 'Highlight',
    hint: 'text or a regular expression; { and } go to the one before and after; Esc in the logs ends it',
    text: highlight,
    submit: (text) => setHighlight(cockpit, text),
  });
}

function setHighlight(cockpit: Cockpit, highlight: string): void {
  cockpit.view.update((view) => ({ ...view, logs: { ...view.logs, highlight } }));
}

/** Begins a selection at the cursor, which then goes on with it; or ends the one that there is. */
export function toggleSelection(cockpit: Cockpit): void {
  const view = cockpit.view.get();
  const { lines } = shown(cockpit, view);
  const line = cursorLine(view.logs, lines);
  if (line === null) return;
  const selectedFrom = view.logs.selectedFrom === null ? line.id : null;
  cockpit.view.set({ ...view, logs: { ...paused(cockpit, view), selectedFrom } });
}

function paused(cockpit: Cockpit, view: View): View['logs'] {
  const { lines, total } = shown(cockpit, view);
  return pause(view.logs, lines, total, paneRows(cockpit, 'logs'));
}

function shown(cockpit: Cockpit, view: View): { lines: readonly LogLine[]; total: number } {
  const at = subject(view);
  const logs = at === null ? null : logsOf(cockpit, at).get().value;
  return { lines: visibleLines(view, logs), total: logs?.total ?? 0 };
}
