import type { Cockpit } from '../cockpit.ts';
import { subject } from '../selectors.ts';
import { squadLogs, squadMates } from '../squad-logs.ts';
import { LIVE_LOGS } from '../stores/logs-view.ts';

/** Why there is no squad's log to look at; null: there is one. */
export function needsMates(cockpit: Cockpit): string | null {
  const view = cockpit.view.get();
  const at = subject(view);
  if (at === null) return 'No service is looked at';
  if (view.logs.squad || squadMates(cockpit.catalog, at).length > 0) return null;
  return `${squadLogs(cockpit.catalog, at).squad} has no other service with a log in ${at.environment}`;
}

/** The logs of the whole squad, or of this service alone; from the newest line on. */
export function toggleSquad(cockpit: Cockpit): void {
  const { held, anchor, selectedFrom, patterns } = LIVE_LOGS;
  cockpit.view.update((view) => ({
    ...view,
    logs: { ...view.logs, squad: !view.logs.squad, held, anchor, selectedFrom, patterns },
  }));
}
