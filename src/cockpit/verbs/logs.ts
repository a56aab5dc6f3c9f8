import type { LogLine } from '../../model/log-line.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { logsOf, paneRows, subject, visibleLines } from '../selectors.ts';
import { follow, moveToError, pause } from '../stores/logs.ts';
import type { View } from '../stores/view.ts';

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
  const view = cockpit.view.get();
  const { lines } = shown(cockpit, view);
  const moved = moveToError(paused(cockpit, view), lines, direction, paneRows(cockpit, 'logs'));
  if (moved === null) say(cockpit, direction === 1 ? 'No later error' : 'No earlier error');
  else cockpit.view.set({ ...view, logs: moved });
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
