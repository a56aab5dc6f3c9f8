import type { Catalog } from '../../../src/model/catalog.ts';
import { localNow } from '../../../src/model/instant.ts';
import type { LogSearch, Pager, Systems } from '../../../src/model/ports/index.ts';
import { incident, SAM } from '../insight/cast.ts';

export const CATALOG: Catalog = {
  tribe: 'Harbour',
  practice: true,
  squads: [
    { id: 'billing', name: 'Billing', escalationPolicy: 'PPOLBIL', schedule: null, slackChannel: null },
  ],
  roles: [],
  environments: [{ name: 'prod', guarded: true }],
  defaultEnvironment: 'prod',
  freezes: [],
  migrationLabels: [],
  services: [
    {
      name: 'charge-central',
      squad: 'billing',
      pagerService: 'PCHARGE',
      logs: { index: 'app', where: {} },
      logGroup: null,
      image: 'charge-central',
      runbook: null,
      knownAs: [],
      deployWith: 'cloudformation',
      deployCommand: null,
      in: { prod: { stack: 'charge-central', imageParameter: 'ImageTag' } },
    },
  ],
};

/** Systems where only what a test replaces answers. */
export function fakeSystems(ports: { pager?: Partial<Pager>; logSearch?: Partial<LogSearch> } = {}): Systems {
  const unused = () => Promise.reject(new Error('this port is not used here'));
  const pager: Pager = {
    openIncidents: async () => [incident('Q1')],
    urgentSince: unused,
    incidents: unused,
    incident: unused,
    alerts: async () => [],
    changes: async () => [],
    onCall: async () => [],
    me: async () => SAM,
    change: unused,
    ...ports.pager,
  };
  const logSearch: LogSearch = {
    search: unused,
    errorCount: unused,
    histogram: unused,
    patterns: unused,
    around: unused,
    tail: async function* () {},
    link: async () => null,
    ...ports.logSearch,
  };
  return {
    pager: async () => pager,
    logSearch: async () => logSearch,
    logJobs: unused,
    fleet: unused,
    containers: unused,
    releases: unused,
    images: unused,
    pipeline: unused,
    deployer: unused,
    compare: unused,
    contracts: unused,
    board: unused,
    notifiers: unused,
    monitors: unused,
    monitorNames: () => [],
    now: () => localNow(),
    health: () => [{ name: 'pagerduty', ok: true, lastOkAt: localNow(), error: null, retryAt: null }],
    onHealth: () => () => {},
    close: async () => {},
  };
}
