import type { Incident } from '../../model/incident.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { currentIncident, currentSignal, targets } from '../selectors.ts';
import { suggestedForAll, suggestedForSignal, whyNoneForSignal } from '../suggestions.ts';
import { request, waited } from './act.ts';
import { clearMarks, needsIncident } from './incidents.ts';
import { needsChange } from './signals.ts';

/** Why the suggested squad cannot be taken; null: it can, or the alerts have to be read first. */
export function needsSuggestion(cockpit: Cockpit): string | null {
  const lacks = needsIncident(cockpit);
  if (lacks !== null) return lacks;
  const chosen = targets(cockpit.view.get());
  if (unread(cockpit, chosen).length > 0) return null;
  const found = suggestedForAll(cockpit, chosen);
  return typeof found === 'string' ? found : null;
}

/** Reads what the alerts say where nobody has, then plans the re-route to the suggested squad. */
export async function rerouteAsSuggested(cockpit: Cockpit): Promise<void> {
  const chosen = targets(cockpit.view.get());
  const missing = unread(cockpit, chosen);
  if (missing.length > 0) {
    const read = await waited(cockpit, 'Reading what the alerts say', async () => {
      await Promise.all(
        missing.map(({ id }) =>
          cockpit.watch
            .alerts(id)
            .refresh()
            .catch(() => undefined),
        ),
      );
      return true;
    });
    if (read === null) return;
  }
  const found = suggestedForAll(cockpit, chosen);
  if (typeof found === 'string') {
    say(cockpit, found, 'warn');
    return;
  }
  const { squad, reason: because } = found;
  const incidents = chosen.map(({ id }) => id);
  clearMarks(cockpit);
  await request(cockpit, { action: 'reroute', incidents, squad, because }, 'Reading who will be paged');
}

export function needsSignalSuggestion(cockpit: Cockpit): string | null {
  const lacks = needsChange('assign')(cockpit);
  const signal = currentSignal(cockpit.view.get());
  if (lacks !== null || signal === null) return lacks;
  return suggestedForSignal(cockpit, signal) === null ? whyNoneForSignal(cockpit, signal) : null;
}

/** The ticket to the suggested squad; its plan first. */
export function assignAsSuggested(cockpit: Cockpit): void {
  const view = cockpit.view.get();
  const signal = currentSignal(view);
  const found = signal === null ? null : suggestedForSignal(cockpit, signal);
  if (signal === null || found === null) return;
  const { squad, reason: because } = found;
  const target = { system: signal.source, signal: signal.id, environment: view.environment };
  void request(cockpit, { action: 'assign_ticket', ...target, squad, because }, 'Reading the ticket');
}

/** Reads the alerts of the incident under the cursor once: what is suggested for it hangs on them. */
export function followAlerts(cockpit: Cockpit): () => void {
  let followed: string | null = null;
  let leave = () => {};
  const follow = () => {
    const id = currentIncident(cockpit.view.get())?.id ?? null;
    if (id === followed) return;
    leave();
    followed = id;
    const alerts = id === null ? null : cockpit.watch.alerts(id);
    leave = alerts?.get().value === null ? alerts.subscribe(() => undefined) : () => {};
  };
  const stop = cockpit.view.subscribe(follow);
  follow();
  return () => {
    stop();
    leave();
  };
}

function unread({ watch }: Cockpit, incidents: readonly Incident[]): readonly Incident[] {
  return incidents.filter(({ id }) => watch.alerts(id).get().value === null);
}
