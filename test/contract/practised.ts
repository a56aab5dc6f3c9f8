import { toCatalog } from '../../src/config/catalog.ts';
import { configSchema, userSchema } from '../../src/config/schema.ts';
import type { LoadedConfig } from '../../src/config/types.ts';
import { findService, type Service } from '../../src/model/catalog.ts';
import type { Systems } from '../../src/model/ports/index.ts';
import { type FaultOrder, faultSchema } from '../../src/practice/faults.ts';
import { Host } from '../../src/practice/host.ts';
import type { PracticeServer } from '../../src/practice/servers/server.ts';
import { createWorld } from '../../src/practice/world/create.ts';
import type { World } from '../../src/practice/world/world.ts';
import { openSystems } from '../../src/systems/index.ts';

/** One wire protocol of the practice world in this process, and the adapters that are pointed at it. */
export interface Practised extends AsyncDisposable {
  readonly world: World;
  readonly host: Host;
  readonly loaded: LoadedConfig;
  readonly systems: Systems;
  service(name: string): Service;
  fault(operation: string, fault: Omit<FaultOrder, 'system' | 'match' | 'times'>, times?: number): void;
  /** Requests so far, as `METHOD /route`. */
  operations(): readonly string[];
}

export interface PractisedOptions {
  readonly token: string;
  readonly username?: string;
  readonly scenario?: string;
  /** Further keys of the system's part of the configuration. */
  readonly settings?: object;
}

export async function practise(server: PracticeServer, options: PractisedOptions): Promise<Practised> {
  const world = createWorld({ scenario: options.scenario ?? 'bad-deploy', seed: 1, speed: 1 });
  const host = new Host(world);
  const { url } = await host.serve(server);
  const variable = `ONCALL_TEST_TOKEN_${server.system.toUpperCase()}`;
  process.env[variable] = options.token;
  const own = server.setup?.(world.state, { url, authority: {} });
  const username = options.username === undefined ? {} : { username: options.username };
  const webUrl = server.system === 'splunk' ? { web_url: 'https://splunk.harbour.example' } : {};
  const config = configSchema.parse({
    tribe: 'Harbour',
    default_environment: 'prod',
    environments: { prod: { guarded: true }, test: {} },
    squads: world.state.squads.map(({ id, name, policyId, slackChannel }) => ({
      id,
      name,
      escalation_policy: policyId,
      slack_channel: slackChannel,
    })),
    systems: {
      [server.system]: {
        url,
        ...own?.systems?.[server.system],
        token: { env: variable },
        ...webUrl,
        ...username,
        ...options.settings,
      },
    },
    services: Object.fromEntries(
      world.state.services.map((service) => [
        service.name,
        {
          ...own?.service?.(service),
          squad: service.squad,
          image: service.repository,
          pagerduty_service: service.pagerId,
          logs: { index: 'app', where: { service: service.name, environment: '{environment}' } },
          environments: { prod: { stack: service.stacks.prod }, test: { stack: service.stacks.test } },
        },
      ]),
    ),
  });
  const loaded: LoadedConfig = {
    file: '/oncall.yaml',
    folder: '/',
    config,
    user: userSchema.parse({}),
    catalog: toCatalog(config),
  };
  const systems = openSystems(loaded);
  return {
    world,
    host,
    loaded,
    systems,
    service(name) {
      const service = findService(loaded.catalog, name);
      if (service === undefined) throw new Error(`no service ${name}`);
      return service;
    },
    fault(operation, fault, times = 1) {
      const system = faultSchema.shape.system.parse(server.system);
      host.faults.order({ ...fault, system, match: { operation }, times });
    },
    operations: () => host.log.all().map(({ operation }) => operation),
    async [Symbol.asyncDispose]() {
      await systems.close();
      await host.close();
      world.stop();
      delete process.env[variable];
    },
  };
}
