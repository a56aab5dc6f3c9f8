import type { Group } from '../../model/fleet.ts';
import type { ActionContext } from '../action.ts';
import type { Place } from './place.ts';

/** The service's groups with what the load balancers before them think. */
export async function readGroups(
  { systems }: ActionContext,
  { service, environment }: Place,
  signal: AbortSignal | undefined,
): Promise<readonly Group[]> {
  const fleet = await systems.fleet();
  return fleet.traffic(environment, await fleet.groups(environment, [service], signal), signal);
}
