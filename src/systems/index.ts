import type { LoadedConfig } from '../config/types.ts';
import { Failure, toFailure } from '../model/failure.ts';
import type { Monitors, Notifier, Systems } from '../model/ports/index.ts';
import { openTransport } from './http/open-transport.ts';
import type { AdapterDeps } from './http/transport.ts';
import { monitorNames, openMonitors } from './monitors.ts';
import { openPipelines } from './pipelines.ts';
import { releaseSystems } from './releases/sources.ts';

type Port = Exclude<
  keyof Systems,
  'pipeline' | 'notifiers' | 'monitors' | 'monitorNames' | 'now' | 'health' | 'onHealth' | 'close'
>;
type Opened<P extends Port> = Awaited<ReturnType<Systems[P]>>;

/** Which system is behind a port, the config key that says where it is, and how it is opened: lazily imported. */
interface Row<P extends Port> {
  readonly system: string;
  readonly key: string;
  /** Asked only when somebody wants to know: it has no health until then. */
  readonly onDemand?: true;
  isConfigured(loaded: LoadedConfig): boolean;
  open(deps: AdapterDeps): Promise<Opened<P>>;
}

const someEnvironment = (part: 'aws' | 'containers') => (loaded: LoadedConfig) =>
  Object.values(loaded.config.environments).some((environment) => environment[part] !== undefined);

const aws = { system: 'aws', key: 'environments.<name>.aws', isConfigured: someEnvironment('aws') };

const TABLE: { readonly [P in Port]: Row<P> } = {
  pager: {
    system: 'pagerduty',
    key: 'systems.pagerduty',
    isConfigured: (loaded) => loaded.config.systems.pagerduty !== undefined,
    open: async (deps) => (await import('./pagerduty/index.ts')).openPager(deps),
  },
  logSearch: {
    system: 'splunk',
    key: 'systems.splunk (or services.<name>.log_group)',
    isConfigured: ({ config }) =>
      config.systems.splunk !== undefined ||
      Object.values(config.services).some((service) => service.log_group !== undefined),
    open: async (deps) => (await import('./log/route.ts')).openLogSearch(deps),
  },
  logJobs: {
    system: 'splunk',
    key: 'systems.splunk',
    isConfigured: ({ config }) => config.systems.splunk !== undefined,
    open: async (deps) => (await import('./splunk/log-jobs.ts')).openLogJobs(deps),
  },
  fleet: { ...aws, open: async (deps) => (await import('./aws/fleet.ts')).openFleet(deps) },
  releases: {
    system: 'aws',
    key: 'environments.<name>.aws (or a pipeline)',
    isConfigured: (loaded) => releaseSystems(loaded).length > 0,
    open: async (deps) => (await import('./releases/index.ts')).openReleases(deps),
  },
  images: {
    system: 'aws',
    key: 'environments.<name>.aws (or systems.registry)',
    isConfigured: (loaded) => aws.isConfigured(loaded) || loaded.config.systems.registry !== undefined,
    open: async (deps) => (await import('./images/route.ts')).openImages(deps),
  },
  deployer: { ...aws, open: async (deps) => (await import('./aws/deployer.ts')).openDeployer(deps) },
  compare: {
    system: 'github',
    key: 'systems.github',
    onDemand: true,
    isConfigured: ({ config }) => config.systems.github !== undefined,
    open: async (deps) => (await import('./github/compare.ts')).openCompare(deps),
  },
  containers: {
    system: 'docker',
    key: 'environments.<name>.containers',
    isConfigured: someEnvironment('containers'),
    open: async (deps) => (await import('./docker/index.ts')).openContainers(deps),
  },
  contracts: {
    system: 'pact',
    key: 'systems.pact',
    isConfigured: ({ config }) => config.systems.pact !== undefined,
    open: async (deps) => (await import('./pact/index.ts')).openContracts(deps),
  },
  board: {
    system: 'leankit',
    key: 'systems.leankit',
    isConfigured: ({ config }) => config.systems.leankit !== undefined,
    open: async (deps) => (await import('./leankit/board.ts')).openBoard(deps),
  },
};

/** Every configured system behind its port. Nothing is loaded, read or connected before its first use. */
export function openSystems(loaded: LoadedConfig): Systems {
  const transport = openTransport({ proxy: loaded.config.proxy });
  const deps: AdapterDeps = { loaded, transport };
  const opened = new Map<Port, Promise<unknown>>();
  const pipeline = openPipelines(deps);
  let notifiers: Promise<readonly Notifier[]> | undefined;
  let monitors: Promise<readonly Monitors[]> | undefined;
  const rows: readonly Row<Port>[] = Object.values(TABLE);
  for (const row of rows)
    if (row !== TABLE.releases && row.onDemand !== true && row.isConfigured(loaded)) {
      transport.register(row.system);
    }
  for (const system of [...releaseSystems(loaded), ...monitorNames(loaded)]) transport.register(system);
  if (loaded.config.systems.registry !== undefined) transport.register('registry');

  function open<P extends Port>(port: P): Promise<Opened<P>> {
    const row: Row<P> = TABLE[port];
    const known = opened.get(port) as Promise<Opened<P>> | undefined;
    const opening = known ?? start(row);
    opened.set(port, opening);
    return opening;
  }

  async function start<P extends Port>(row: Row<P>): Promise<Opened<P>> {
    if (!row.isConfigured(loaded)) {
      const text = `${row.system} is not configured: ${row.key} is missing in ${loaded.file}.`;
      throw new Failure(row.system, 'not_configured', text);
    }
    return row.open(deps).catch((error: unknown) => {
      throw toFailure(row.system, error);
    });
  }

  return {
    pager: () => open('pager'),
    logSearch: () => open('logSearch'),
    logJobs: () => open('logJobs'),
    fleet: () => open('fleet'),
    containers: () => open('containers'),
    releases: () => open('releases'),
    images: () => open('images'),
    deployer: () => open('deployer'),
    compare: () => open('compare'),
    contracts: () => open('contracts'),
    board: () => open('board'),
    pipeline,
    notifiers: () => {
      notifiers ??= import('./notifiers.ts').then(({ openNotifiers }) => openNotifiers(deps));
      return notifiers;
    },
    monitors: () => {
      monitors ??= openMonitors(deps);
      return monitors;
    },
    monitorNames: () => monitorNames(loaded),
    now: (system) => transport.now(system),
    health: () => transport.health(),
    onHealth: (changed) => transport.onHealth(changed),
    async close() {
      const containers = opened.has('containers') ? await open('containers').catch(() => null) : null;
      await containers?.close();
      await transport.close();
    },
  };
}
