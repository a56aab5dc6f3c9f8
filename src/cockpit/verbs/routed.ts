import { routedBefore } from '../../actions/routed-before.ts';
import type { Cockpit } from '../cockpit.ts';

/** Learns from the journal what went where before. Never throws: without it nothing is learnt. */
export async function readRouted(cockpit: Cockpit): Promise<void> {
  try {
    cockpit.routed.set(routedBefore(await cockpit.actions.journal()));
  } catch {
    // The journal's own trouble is told where something is written to it.
  }
}
