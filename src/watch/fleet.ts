import { runningVersions } from '../insight/service-version.ts';
import type { Service } from '../model/catalog.ts';
import { toFailure } from '../model/failure.ts';
import type { Group, Instance } from '../model/fleet.ts';
import type { Containers, Systems } from '../model/ports/index.ts';
import { eachAtMost } from './each-at-most.ts';

const INSTANCES_AT_ONCE = 6;

/**
 * The groups of one service with what their containers, and the load balancers before them, say. `early` gets the
 * groups before any of these was asked. An instance whose containers cannot be read says so itself; only when the
 * groups cannot be read does all of it fail.
 */
export async function readFleet(
  systems: Systems,
  service: Service,
  environment: string,
  early: (groups: readonly Group[]) => void,
  signal?: AbortSignal,
): Promise<readonly Group[]> {
  const fleet = await systems.fleet();
  const groups = await fleet.groups(environment, [service], signal);
  early(groups);
  const traffic = fleet.traffic(environment, groups, signal);
  // Awaited below, after the containers.
  traffic.catch(() => {});
  const containers = await systems.containers().catch((thrown: unknown) => toFailure('docker', thrown));
  const instances = groups.flatMap((group) => group.instances);
  const read = new Map<string, Instance>();
  await eachAtMost(INSTANCES_AT_ONCE, instances, async (instance) => {
    read.set(instance.id, await withContainers(containers, environment, instance, signal));
  });
  return (await traffic).map((group) => withInstances(group, service, read));
}

async function withContainers(
  port: Containers | Error,
  environment: string,
  instance: Instance,
  signal?: AbortSignal,
): Promise<Instance> {
  try {
    if (port instanceof Error) throw port;
    return {
      ...instance,
      containers: await port.containers(environment, instance, signal),
      containersError: null,
    };
  } catch (thrown) {
    return { ...instance, containers: null, containersError: toFailure('docker', thrown).text };
  }
}

function withInstances(group: Group, service: Service, read: ReadonlyMap<string, Instance>): Group {
  const instances = group.instances.map((instance) => {
    const { containers, containersError } = read.get(instance.id) ?? instance;
    return { ...instance, containers, containersError };
  });
  const running = new Set(
    instances.flatMap((instance) => runningVersions(service, instance.containers ?? [])),
  );
  return { ...group, instances, versions: { ...group.versions, running: [...running] } };
}
