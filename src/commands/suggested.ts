import { forReaders } from '../actions/intent.ts';
import { openJournal } from '../actions/journal.ts';
import { routedBefore } from '../actions/routed-before.ts';
import { stateFolderOf } from '../config/state.ts';
import {
  incidentToRoute,
  type RoutedBefore,
  type Suggestion,
  suggestSquad,
} from '../insight/suggested-squad.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Alert, Incident } from '../model/incident.ts';
import type { Systems } from '../model/ports/index.ts';
import type { Context } from './row.ts';

/** Of so many incidents the alerts are read, one request each; of the others title and service have to do. */
const MOST_READ = 20;

/** What went to squads from here before; nothing where the journal cannot be read. */
export async function routedFromHere(context: Context): Promise<readonly RoutedBefore[]> {
  const { file } = await context.config();
  const journal = openJournal(stateFolderOf(file, context.env));
  const records = await journal.read().catch(() => []);
  return routedBefore(records.map(forReaders));
}

/** Whom each incident should go to, by its id; alerts that cannot be read are done without. */
export async function suggestions(
  context: Context,
  systems: Systems,
  catalog: Catalog,
  incidents: readonly Incident[],
): Promise<ReadonlyMap<string, Suggestion>> {
  const pager = await systems.pager();
  const before = await routedFromHere(context);
  const found = await Promise.all(
    incidents.map(async (incident, index) => {
      const alerts: readonly Alert[] =
        index < MOST_READ ? await pager.alerts(incident.id).catch(() => []) : [];
      return [
        incident.id,
        suggestSquad(catalog, incidentToRoute(catalog, incident, alerts), before),
      ] as const;
    }),
  );
  return new Map(found.flatMap(([id, suggestion]) => (suggestion === null ? [] : [[id, suggestion]])));
}

export function jsonSuggestion(suggestion: Suggestion | null) {
  return suggestion === null ? null : { squad: suggestion.squad, reason: suggestion.reason };
}
