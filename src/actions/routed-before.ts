import type { RoutedBefore } from '../insight/suggested-squad.ts';
import type { JournalIntent } from './types.ts';

/** What went to squads from here, newest first: re-routes and tickets that are confirmed. */
export function routedBefore(journal: readonly JournalIntent[]): readonly RoutedBefore[] {
  return journal.toReversed().flatMap(({ action, state, service, to }): RoutedBefore[] => {
    const routed = action === 'reroute' || action === 'assign_ticket';
    return routed && state === 'confirmed' && to !== null ? [{ service, squad: to }] : [];
  });
}
