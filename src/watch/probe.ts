import { logSystem } from '../insight/log-system.ts';
import type { Catalog, Service } from '../model/catalog.ts';
import { type Failure, toFailure } from '../model/failure.ts';
import type { Group } from '../model/fleet.ts';
import type { Incident } from '../model/incident.ts';
import { MINUTE } from '../model/instant.ts';
import type { Systems } from '../model/ports/index.ts';

/** Systems that were asked, and how that ended; null: well. */
export type Asked = Map<string, Failure | null>;

/** Asks AWS, Docker and Splunk one small question each, where they are configured. */
export async function probeAll(
  systems: Systems,
  catalog: Catalog,
  environment: string,
  incidents: readonly Incident[],
  asked: Asked,
  signal?: AbortSignal,
): Promise<void> {
  const configured = new Set(systems.health().map(({ name }) => name));
  const services = interestingFirst(catalog, environment, incidents);
  const [service] = services;
  if (service === undefined) return;
  const logged = services.find((each) => logSystem(each) === 'splunk' && each.logs !== null);
  const ask = async <T>(system: string, question: () => Promise<T>): Promise<T | null> => {
    if (!configured.has(system)) return null;
    try {
      const answer = await question();
      asked.set(system, null);
      return answer;
    } catch (thrown) {
      asked.set(system, toFailure(system, thrown));
      return null;
    }
  };
  const containers = async () => {
    const groups = await ask('aws', async () =>
      (await systems.fleet()).groups(environment, [service], signal),
    );
    const instance = groups === null ? undefined : anInstance(groups);
    if (instance === undefined) return;
    await ask('docker', async () => (await systems.containers()).containers(environment, instance, signal));
  };
  const logs = async () => {
    if (logged === undefined) return;
    const query = { service: logged, environment, sinceMs: MINUTE };
    await ask('splunk', async () => (await systems.logSearch()).search(query, 1, signal));
  };
  await Promise.all([containers(), logs()]);
}

/** Services of that environment, those with an open incident first. */
function interestingFirst(
  catalog: Catalog,
  environment: string,
  incidents: readonly Incident[],
): readonly Service[] {
  const here = catalog.services.filter((service) => environment in service.in);
  const burning = new Set(incidents.map((incident) => incident.service));
  return [...here.filter(({ name }) => burning.has(name)), ...here.filter(({ name }) => !burning.has(name))];
}

function anInstance(groups: readonly Group[]) {
  const instances = groups.flatMap((group) => group.instances);
  return instances.find((instance) => instance.lifecycle === 'InService') ?? instances[0];
}
