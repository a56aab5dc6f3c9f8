import type { Offer, StackMending } from '../../actions/types.ts';
import type { Incident } from '../../model/incident.ts';
import type { Cockpit } from '../cockpit.ts';
import { deploysOf, type Subject, subject, subjectIncident, subjectService } from '../selectors.ts';
import type { Choice } from '../stores/dialog.ts';
import { request, waited } from './act.ts';
import { attach } from './attach.ts';
import { choose } from './dialogs.ts';
import { chooseVersion } from './versions.ts';

/** Why this service cannot be rolled back from here; null: it can be planned. */
export function needsStack(cockpit: Cockpit): string | null {
  const at = subject(cockpit.view.get());
  if (at === null) return 'No service is chosen: choose an incident, or : and a service';
  const service = subjectService(cockpit);
  if (service === null) return `${at.service} is not in the configuration`;
  return service.in[at.environment] === undefined ? `${at.service} does not run in ${at.environment}` : null;
}

/** What fits the stack as it stands: a version to go back to, or what gets it out of the update it is in. */
export async function rollback(cockpit: Cockpit): Promise<void> {
  const at = subject(cockpit.view.get());
  if (at === null) return;
  const incident = subjectIncident(cockpit.view.get());
  const title = `Reading the stack of ${at.service}`;
  const offer = await waited(cockpit, title, async (signal) => {
    const [found] = await Promise.all([
      cockpit.actions.offer(at.service, at.environment, signal),
      deploysRead(cockpit, at),
    ]);
    return found;
  });
  if (offer === null) return;
  if (offer.kind === 'roll_back') chooseVersion(cockpit, at, incident);
  else chooseWayOut(cockpit, at, incident, offer);
}

/** The versions to choose from, where no pane has read them yet; without them one can still be named. */
async function deploysRead(cockpit: Cockpit, at: Subject): Promise<void> {
  const source = deploysOf(cockpit, at);
  // The pane that reads them too may be covered meanwhile: a reading that nobody watches any more is broken off.
  const leave = source.subscribe(() => undefined);
  try {
    const { value, error } = source.get();
    if (value === null && error === null) await source.refresh();
  } catch {
    // The source has the failure, and the list tells it.
  } finally {
    leave();
  }
}

/** The stack is in the middle of something: watch it, cancel or continue it, or wait. */
function chooseWayOut(cockpit: Cockpit, at: Subject, incident: Incident | null, offer: Offer): void {
  const { kind, text, attach: mine } = offer;
  const plan = (action: StackMending['action']) =>
    void request(
      cockpit,
      { action, ...target(at, incident) },
      `Planning for the stack of ${at.service}: reading who began what`,
    );
  const choices: Choice[] = [];
  if (mine !== null)
    choices.push({ label: 'watch it', note: 'begun from here', pick: () => void attach(cockpit, mine) });
  if (kind === 'cancel_update')
    choices.push({
      label: 'cancel the update',
      note: 'the version before stays; plan and typed name first',
      pick: () => plan('cancel_update'),
    });
  if (kind === 'continue_rollback')
    choices.push({
      label: 'continue the rollback',
      note: 'back to what served before; plan and typed name first',
      pick: () => plan('continue_rollback'),
    });
  if (kind !== 'continue_rollback')
    choices.push({ label: 'wait', note: 'b shows again how it stands', pick: () => undefined });
  choose(cockpit, `${at.service} in ${at.environment} cannot be rolled back now`, text, choices);
}

function target({ service, environment }: Subject, incident: Incident | null) {
  return { service, environment, ...(incident !== null && { incident: incident.id }) };
}
