import { fixedLines, type LogLines } from '../model/log-lines.ts';
import type { Cockpit } from './cockpit.ts';
import { logsOf, paneRows, subject, visibleLines } from './selectors.ts';
import type { HeldLog } from './stores/logs-view.ts';

/** The lines that the log pane shows: live or held, as far as the filters let them through. */
export function shownLines(cockpit: Cockpit): LogLines {
  const view = cockpit.view.get();
  const at = subject(view);
  return fixedLines(visibleLines(view, at === null ? null : logsOf(cockpit, at).get().value));
}

/**
 * Numbers of the selected lines, else of all that are shown, oldest first: what is done to them takes longer than the
 * lines stay the same.
 */
export function chosenNumbers(cockpit: Cockpit, lines: LogLines): readonly number[] {
  const from = cockpit.view.get().logs.selectedFrom;
  const began = from === null ? -1 : placeOfId(lines, from);
  const numbers = Array.from({ length: lines.length }, (_, place) => lines.numberAt(place));
  if (began < 0) return numbers;
  const cursor = cursorPlace(cockpit, lines);
  return numbers.slice(Math.min(began, cursor), Math.max(began, cursor) + 1);
}

/** Place of the line under the cursor: while the newest is followed, that one; -1: there are none. */
export function cursorPlace(cockpit: Cockpit, lines: LogLines): number {
  const { anchor } = cockpit.view.get().logs;
  if (anchor === null) return lines.length - 1;
  return Math.max(placeOfId(lines, anchor.key), Math.min(0, lines.length - 1));
}

export function placeOfId(lines: LogLines, id: string): number {
  for (let place = lines.length - 1; place >= 0; place--) {
    if (lines.line(lines.numberAt(place)).id === id) return place;
  }
  return -1;
}

/** Pauses with the cursor on that line, in the middle of the pane as far as lines allow. */
export function cursorTo(cockpit: Cockpit, lines: LogLines, place: number): void {
  if (lines.length === 0) return;
  const at = Math.min(Math.max(0, place), lines.length - 1);
  const key = lines.line(lines.numberAt(at)).id;
  const row = Math.min(at, Math.floor(paneRows(cockpit, 'logs') / 2));
  const subjectNow = subject(cockpit.view.get());
  const total = subjectNow === null ? 0 : (logsOf(cockpit, subjectNow).get().value?.total ?? 0);
  cockpit.view.update((view) => ({
    ...view,
    logs: {
      ...view.logs,
      anchor: { key, row },
      totalAtPause: view.logs.anchor === null ? total : view.logs.totalAtPause,
    },
  }));
}

/** Shows these lines instead of the live log; Esc goes back to where that was. */
export function hold(cockpit: Cockpit, held: Omit<HeldLog, 'back'>): void {
  cockpit.view.update((view) => {
    const back = view.logs.held === null ? view.logs.anchor : (view.logs.held.back ?? null);
    return { ...view, logs: { ...view.logs, anchor: null, selectedFrom: null, held: { ...held, back } } };
  });
}
