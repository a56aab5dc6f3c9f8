import { localNow, SECOND } from '../model/instant.ts';
import { type Cockpit, say } from './cockpit.ts';
import { currentIncident, subject, visibleIncidents } from './selectors.ts';
import { takeIn } from './stores/incidents.ts';
import { forgetSubject } from './stores/view.ts';
import { readLeft } from './verbs/left.ts';
import { markSeen } from './verbs/panes.ts';
import { readRouted } from './verbs/routed.ts';
import { followAlerts } from './verbs/suggested.ts';

const TICK_MS = 5 * SECOND;

/**
 * Carries readings into the view, outside React: incidents into their steady list, new pages to the bell. Also steps
 * the clock that ages are told by. Returns how to stop.
 */
export function track(cockpit: Cockpit): () => void {
  const incidents = cockpit.watch.incidents();
  const read = () => takeReading(cockpit);
  const stopReading = incidents.subscribe(read);
  read();
  const leaveAlerts = followAlerts(cockpit);
  void readRouted(cockpit);
  const timer = setInterval(() => {
    cockpit.now.set(localNow());
    // What is left unfinished may end elsewhere.
    if (cockpit.left.get().length > 0) void readLeft(cockpit);
  }, TICK_MS);
  timer.unref();
  return () => {
    stopReading();
    leaveAlerts();
    clearInterval(timer);
  };
}

function takeReading(cockpit: Cockpit): void {
  const { value } = cockpit.watch.incidents().get();
  if (value === null) return;
  const before = cockpit.view.get();
  const incidents = takeIn(before.incidents, value, visibleIncidents(before));
  const after = { ...before, incidents };
  const moved = subject(before)?.service !== subject(after)?.service;
  cockpit.now.set(localNow());
  cockpit.view.set(moved ? forgetSubject(after) : after);
  markSeen(cockpit);
  if (!before.incidents.list.begun) return;
  const pages = value.filter(
    ({ id, urgency, status }) =>
      !before.incidents.known.has(id) && urgency === 'high' && status === 'triggered',
  );
  const [page] = pages;
  if (page === undefined) return;
  if (cockpit.settings.bell) cockpit.terminal.bell();
  const more = pages.length > 1 ? ` and ${pages.length - 1} more` : '';
  const current = currentIncident(cockpit.view.get())?.id === page.id ? '' : ' (k or g goes there)';
  say(cockpit, `New page: ${page.service ?? page.pagerService.name} ${page.title}${more}${current}`, 'alarm');
}
