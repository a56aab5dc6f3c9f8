import {
  incidentToRoute,
  type Suggestion,
  signalToRoute,
  suggestSquad,
  type ToRoute,
  whyNone,
} from '../insight/suggested-squad.ts';
import type { Incident } from '../model/incident.ts';
import type { Signal } from '../model/signal.ts';
import type { Cockpit } from './cockpit.ts';

type Knowing = Pick<Cockpit, 'catalog' | 'watch' | 'routed'>;

/** Whom an incident should go to, as far as its alerts were read; null: nothing points to anybody. */
export function suggestedFor(cockpit: Knowing, incident: Incident): Suggestion | null {
  return suggestSquad(cockpit.catalog, toRoute(cockpit, incident), cockpit.routed.get());
}

export function suggestedForSignal(cockpit: Knowing, signal: Signal): Suggestion | null {
  return suggestSquad(cockpit.catalog, signalToRoute(signal), cockpit.routed.get());
}

/** The one squad that all of them should go to; else why there is none, as a sentence without a full stop. */
export function suggestedForAll(cockpit: Knowing, incidents: readonly Incident[]): Suggestion | string {
  const found = incidents.map((incident) => suggestedFor(cockpit, incident));
  const [first] = found;
  if (first !== undefined && first !== null && found.every((each) => each?.squad === first.squad)) {
    return first;
  }
  const [only] = incidents;
  return incidents.length === 1 && only !== undefined
    ? whyNone(cockpit.catalog, toRoute(cockpit, only))
    : 'They are not all suggested for one squad: mark those that belong together, or choose with r';
}

export function whyNoneForSignal(cockpit: Knowing, signal: Signal): string {
  return whyNone(cockpit.catalog, signalToRoute(signal));
}

function toRoute({ catalog, watch }: Knowing, incident: Incident): ToRoute {
  // An opened incident is read again and again.
  const alerts = watch.incident(incident.id).get().value?.alerts ?? watch.alerts(incident.id).get().value;
  return incidentToRoute(catalog, incident, alerts ?? []);
}
