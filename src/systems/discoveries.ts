import type { LoadedConfig } from '../config/types.ts';
import { Failure, toFailure } from '../model/failure.ts';
import { SECOND } from '../model/instant.ts';
import type { Discovery, Found } from '../model/ports/discovery.ts';
import { openTransport } from './http/open-transport.ts';
import type { AdapterDeps } from './http/transport.ts';

/** For all that one system tells: stacks and repositories of an organisation take some pages. */
const DEADLINE_MS = 120 * SECOND;

/** What a person says of where to look, beside the systems themselves. */
export interface Hints {
  /** Organisations of GitHub whose repositories are looked through. */
  readonly organisations: readonly string[];
  /** Files and folders with Backstage's `catalog-info.yaml`. */
  readonly catalogs: readonly string[];
}

interface Row {
  readonly system: string;
  isWanted(loaded: LoadedConfig, hints: Hints): boolean;
  open(deps: AdapterDeps, hints: Hints): Promise<Discovery>;
}

function inSystems(
  system: keyof LoadedConfig['config']['systems'],
  open: (deps: AdapterDeps) => Promise<Discovery>,
): Row {
  return { system, isWanted: ({ config }) => config.systems[system] !== undefined, open };
}

/** Who can tell of the tribe's services: lazily imported. */
const TABLE: readonly Row[] = [
  inSystems('pagerduty', async (deps) => (await import('./pagerduty/discover.ts')).openDiscovery(deps)),
  {
    system: 'aws',
    isWanted: ({ config }) => Object.values(config.environments).some(({ aws }) => aws !== undefined),
    open: async (deps) => (await import('./aws/discover.ts')).openDiscovery(deps),
  },
  {
    system: 'github',
    isWanted: ({ config }, { organisations }) =>
      config.systems.github !== undefined && organisations.length > 0,
    open: async (deps, { organisations }) =>
      (await import('./github/discover.ts')).openDiscovery(deps, organisations),
  },
  {
    system: 'backstage',
    isWanted: (_, { catalogs }) => catalogs.length > 0,
    open: async (_, { catalogs }) => (await import('./backstage/discover.ts')).openDiscovery(catalogs),
  },
  inSystems('buildkite', async (deps) => (await import('./buildkite/discover.ts')).openDiscovery(deps)),
  inSystems('jenkins', async (deps) => (await import('./jenkins/discover.ts')).openDiscovery(deps)),
  inSystems('bamboo', async (deps) => (await import('./bamboo/discover.ts')).openDiscovery(deps)),
  inSystems('registry', async (deps) => (await import('./registry/discover.ts')).openDiscovery(deps)),
  inSystems('splunk', async (deps) => (await import('./splunk/discover.ts')).openDiscovery(deps)),
  inSystems('newrelic', async (deps) => (await import('./newrelic/discover.ts')).openDiscovery(deps)),
  inSystems('pact', async (deps) => (await import('./pact/discover.ts')).openDiscovery(deps)),
  inSystems('slack', async (deps) => (await import('./slack/discover.ts')).openDiscovery(deps)),
];

/** One system's answer to a discovery. */
export interface Look {
  readonly system: string;
  /** Never rejects. */
  readonly answer: Promise<Found | Failure>;
}

/**
 * Asks every configured system that can tell something, all at the same time, each on a transport of its own.
 * @param only these, instead of all
 */
export function lookAround(
  loaded: LoadedConfig,
  hints: Hints,
  signal: AbortSignal,
  only?: readonly string[],
): readonly Look[] {
  const wanted = TABLE.filter((row) => only?.includes(row.system) ?? true);
  return wanted
    .filter((row) => row.isWanted(loaded, hints))
    .map((row) => ({
      system: row.system,
      answer: look(row, loaded, hints, signal),
    }));
}

async function look(
  row: Row,
  loaded: LoadedConfig,
  hints: Hints,
  signal: AbortSignal,
): Promise<Found | Failure> {
  const transport = openTransport({ proxy: loaded.config.proxy });
  const late = AbortSignal.timeout(DEADLINE_MS);
  try {
    const discovery = await row.open({ loaded, transport }, hints);
    return await discovery.discover(AbortSignal.any([signal, late]));
  } catch (thrown) {
    if (late.aborted) {
      return new Failure(row.system, 'timeout', `It took longer than ${DEADLINE_MS / SECOND} s.`);
    }
    return toFailure(row.system, thrown);
  } finally {
    await transport.close();
  }
}
