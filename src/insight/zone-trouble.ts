import type { InstanceHealth } from '../model/fleet.ts';

/** An availability zone in which the instances of many services are unhealthy at once. */
export interface ZoneTrouble {
  readonly zone: string;
  /** Unhealthy instances in it. */
  readonly unhealthy: number;
  /** Unhealthy instances in every zone of the environment, this one included. */
  readonly unhealthyInAll: number;
  /** Names of the services that have one there, in order. */
  readonly services: readonly string[];
}

/** So many services do not break at once in one place by their own doing. */
const FEWEST_SERVICES = 3;
/** So much of what is unhealthy has to stand in the zone. */
const SHARE_OF_UNHEALTHY = 0.8;
/** So much of what stands in the zone has to be unhealthy. */
const SHARE_OF_ZONE = 0.25;

/**
 * The zone that explains better than any deploy what is unhealthy: nearly all of it stands there, over several
 * services, while the same services stand elsewhere and are well. null: no zone does.
 */
export function zoneTrouble(instances: readonly InstanceHealth[]): ZoneTrouble | null {
  const serving = instances.filter(({ lifecycle }) => lifecycle === 'InService');
  const unhealthy = serving.filter(({ health }) => health !== 'Healthy');
  for (const zone of new Set(unhealthy.map((each) => each.zone))) {
    const there = serving.filter((each) => each.zone === zone);
    const sick = unhealthy.filter((each) => each.zone === zone);
    const services = [...new Set(sick.map(({ service }) => service))].sort();
    const standsOut =
      services.length >= FEWEST_SERVICES &&
      sick.length >= SHARE_OF_UNHEALTHY * unhealthy.length &&
      sick.length >= SHARE_OF_ZONE * there.length &&
      serving.length > there.length;
    if (standsOut) {
      return { zone, unhealthy: sick.length, unhealthyInAll: unhealthy.length, services };
    }
  }
  return null;
}

/** `All 15 unhealthy instances are in eu-west-1b, over 15 services: no single deploy explains it.` */
export function zoneSentence({ zone, unhealthy, unhealthyInAll, services }: ZoneTrouble): string {
  const how = unhealthy === unhealthyInAll ? `All ${unhealthy}` : `${unhealthy} of the ${unhealthyInAll}`;
  return `${how} unhealthy instances are in ${zone}, over ${services.length} services: no single deploy explains it.`;
}
