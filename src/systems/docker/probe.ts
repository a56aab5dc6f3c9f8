import type { LoadedConfig } from '../../config/types.ts';
import { Failure, toFailure } from '../../model/failure.ts';
import type { Instance } from '../../model/fleet.ts';
import type { Probe, Trouble } from '../../model/ports/probe.ts';
import { ownText, safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { cureOf } from './cure.ts';
import { type Destination, destinationOf, type Named, Reach } from './reach.ts';
import type { Way } from './way.ts';

/** How many services are looked through for an instance that serves. */
const SERVICES_TRIED = 5;
const NO_INSTANCE: Named = { id: ownText('none'), address: null };

/** Reads the containers of one instance of the environment, the way that the config tells. */
export function openProbe(deps: AdapterDeps, environment: string): Probe {
  let destination: Destination | null = null;
  return {
    system: 'docker',
    async check(signal = new AbortController().signal) {
      const reach = new Reach(deps.loaded);
      try {
        const instance = await toTry(deps, environment, signal);
        destination = destinationOf(deps.loaded, environment, instance);
        const way = await reach.to(environment, instance);
        const containers = await way.containers(signal);
        const asked = performance.now();
        const { host, version, now } = await way.about(signal);
        const latencyMs = performance.now() - asked;
        return {
          identity: safeText(`${host}: ${containers.length} containers, Docker ${version}`),
          missing: [],
          now,
          latencyMs,
          budget: null,
          trouble: slowWay(way, destination),
        };
      } finally {
        await reach.close();
      }
    },
    cure: (failure) => cureOf(failure, environment, destination),
  };
}

function slowWay(way: Way, destination: Destination): Trouble | null {
  if (way.kind !== 'command' || destination.kind !== 'ssh') return null;
  return {
    works: true,
    text: 'Its sshd does not forward the socket: docker’s command is used, which is slower.',
    fix: 'in its sshd_config: AllowStreamLocalForwarding yes',
  };
}

/** An instance that serves, where the config names the way after it. */
async function toTry(
  { loaded, transport }: AdapterDeps,
  environment: string,
  signal: AbortSignal,
): Promise<Named> {
  if (!namesInstance(loaded, environment)) return NO_INSTANCE;
  if (loaded.config.environments[environment]?.aws === undefined) {
    throw new Failure('docker', 'not_configured', `Without AWS no instance of ${environment} is known.`);
  }
  const services = loaded.catalog.services.filter((service) => environment in service.in);
  const groups = await import('../aws/fleet.ts')
    .then(({ openFleet }) => openFleet({ loaded, transport }))
    .then((fleet) => fleet.groups(environment, services.slice(0, SERVICES_TRIED), signal))
    .catch((thrown: unknown) => {
      const { code, message } = toFailure('aws', thrown);
      throw new Failure('docker', code, `No instance to try, because of AWS: ${message}`);
    });
  const instances: readonly Instance[] = groups.flatMap((group) => group.instances);
  const found = instances.find(({ lifecycle }) => lifecycle === 'InService') ?? instances[0];
  if (found !== undefined) return found;
  throw new Failure('docker', 'not_found', `There is no instance in ${environment} to try.`);
}

function namesInstance({ config }: LoadedConfig, environment: string): boolean {
  const settings = config.environments[environment]?.containers;
  return /\{(instance|address)\}/.test(settings?.socket ?? settings?.ssh?.host ?? '');
}
