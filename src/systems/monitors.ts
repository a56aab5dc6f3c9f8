import type { LoadedConfig } from '../config/types.ts';
import type { Monitors } from '../model/ports/monitors.ts';
import type { AdapterDeps } from './http/transport.ts';

interface Row {
  /** As `Monitors.system`, and as the transport knows it. */
  readonly system: string;
  isConfigured(loaded: LoadedConfig): boolean;
  open(deps: AdapterDeps): Promise<Monitors>;
}

/** Who tells what is wrong now: lazily imported. */
const TABLE: readonly Row[] = [
  {
    system: 'aws',
    isConfigured: ({ config }) => Object.values(config.environments).some(({ aws }) => aws !== undefined),
    open: async (deps) => (await import('./aws/cloudwatch/index.ts')).openAlarms(deps),
  },
  {
    system: 'newrelic',
    isConfigured: ({ config }) => config.systems.newrelic !== undefined,
    open: async (deps) => (await import('./newrelic/issues.ts')).openIssues(deps),
  },
  {
    system: 'nagios',
    isConfigured: ({ config }) => config.systems.nagios !== undefined,
    open: async (deps) => (await import('./nagios/index.ts')).openNagios(deps),
  },
  {
    system: 'zendesk',
    isConfigured: ({ config }) => config.systems.zendesk !== undefined,
    open: async (deps) => (await import('./zendesk/tickets.ts')).openTickets(deps),
  },
];

/** Names of those that are configured, in the order of the table. */
export function monitorNames(loaded: LoadedConfig): readonly string[] {
  return configured(loaded).map(({ system }) => system);
}

/** In the order of `monitorNames`; one that cannot be opened tells so itself, and the others tell their signals. */
export function openMonitors(deps: AdapterDeps): Promise<readonly Monitors[]> {
  return Promise.all(configured(deps.loaded).map((row) => row.open(deps).catch(() => unopened(row, deps))));
}

function configured(loaded: LoadedConfig): readonly Row[] {
  return TABLE.filter((row) => row.isConfigured(loaded));
}

/** Tries again at each reading: what kept it from opening (a token's file, say) may be mended meanwhile. */
function unopened(row: Row, deps: AdapterDeps): Monitors {
  return {
    system: row.system,
    can: [],
    signals: async (environment, signal) => (await row.open(deps)).signals(environment, signal),
    signal: async (id, signal) => (await row.open(deps)).signal(id, signal),
    change: async (change, from, signal) => (await row.open(deps)).change(change, from, signal),
  };
}
