import { logSystem } from '../insight/log-system.ts';
import type { Baseline } from '../insight/patterns/news.ts';
import { type ZoneTrouble, zoneTrouble } from '../insight/zone-trouble.ts';
import type { Card } from '../model/card.ts';
import { type Catalog, findService, type Service } from '../model/catalog.ts';
import type { Changes } from '../model/changes.ts';
import type { Deploy } from '../model/deploy.ts';
import { Failure } from '../model/failure.ts';
import type { Group } from '../model/fleet.ts';
import type { Alert, Incident, IncidentDetail, OnCall, Person } from '../model/incident.ts';
import { MINUTE, SECOND } from '../model/instant.ts';
import type { LogHistogram } from '../model/log-counts.ts';
import type { Systems } from '../model/ports/index.ts';
import { readFleet } from './fleet.ts';
import { openFlush } from './flush.ts';
import { identify } from './identify.ts';
import { readLogsBefore } from './logs-before.ts';
import { dutyPolicies } from './policies.ts';
import { type PolledOptions, polled, terminalQueryClient } from './polled.ts';
import { Shelf } from './shelf.ts';
import { readSignals } from './signals.ts';
import type { SnapshotStore } from './snapshot.ts';
import { keepSnapshot } from './snapshot-keeper.ts';
import { systemsSource } from './systems-source.ts';
import { logTail } from './tail.ts';
import type { CountedPatterns, SignalsView, Source, Watch } from './types.ts';

export interface WatchOptions {
  /** Where what is known is kept for the next start and for `status`. */
  readonly snapshot?: SnapshotStore;
  /** Who you are, where it is configured; else PagerDuty is asked whose token it is. */
  readonly email?: string | null;
  /** What changes by itself is told so often at most, in milliseconds. */
  readonly paceMs?: number;
}

const DEPLOYS_SHOWN = 20;

/** How often a log system counts a span anew: AWS bills each byte that such a query scans. */
function countedEveryMs(source: string): number {
  return source === 'aws' ? 10 * MINUTE : MINUTE;
}

/** Everything the cockpit shows, polled only while somebody looks. */
export function openWatch(systems: Systems, catalog: Catalog, options: WatchOptions = {}): Watch {
  const client = terminalQueryClient();
  const flush = openFlush(options.paceMs);
  const shelf = new Shelf();
  const over = new AbortController();
  const earlier = options.snapshot?.read() ?? null;
  const now = (system: string) => systems.now(system);
  const open = <T>(settings: PolledOptions<T>): Source<T> =>
    shelf.take(settings.key.join(' '), () => polled(client, flush, now, settings, over.signal));
  const inPlace = (name: string, environment: string): Service => serviceIn(catalog, name, environment);

  const watch: Watch = {
    incidents: () =>
      open<readonly Incident[]>({
        key: ['incidents'],
        source: 'pagerduty',
        everyMs: 10 * SECOND,
        initial: earlier?.incidents,
        read: async (signal) => (await systems.pager()).openIncidents(signal),
      }),
    incident: (id) =>
      open<IncidentDetail>({
        key: ['incident', id],
        source: 'pagerduty',
        everyMs: 15 * SECOND,
        read: async (signal) => (await systems.pager()).incident(id, signal),
      }),
    alerts: (id) =>
      open<readonly Alert[]>({
        key: ['alerts', id],
        source: 'pagerduty',
        everyMs: 0,
        staleAfterMs: Number.POSITIVE_INFINITY,
        read: async (signal) => (await systems.pager()).alerts(id, signal),
      }),
    onCall: () =>
      open<readonly OnCall[]>({
        key: ['oncall'],
        source: 'pagerduty',
        everyMs: MINUTE,
        staleAfterMs: 5 * MINUTE,
        initial: earlier?.onCall,
        read: async (signal) => (await systems.pager()).onCall(dutyPolicies(catalog), signal),
      }),
    me: () =>
      open<Person | null>({
        key: ['me'],
        source: 'pagerduty',
        everyMs: 0,
        staleAfterMs: Number.POSITIVE_INFINITY,
        read: (signal) => identify(systems, options.email ?? null, signal),
      }),
    deploys: (service, environment) =>
      open<readonly Deploy[]>({
        key: ['deploys', service, environment],
        source: 'aws',
        everyMs: 30 * SECOND,
        initial: earlier?.deploys.find((each) => each.service === service && each.environment === environment)
          ?.reading,
        read: async (signal) => {
          const releases = await systems.releases();
          return releases.deploys(inPlace(service, environment), environment, DEPLOYS_SHOWN, signal);
        },
      }),
    changes: (service, from, to) =>
      open<Changes>({
        key: ['changes', service, from, to],
        source: 'github',
        everyMs: 0,
        staleAfterMs: Number.POSITIVE_INFINITY,
        read: async (signal) =>
          (await systems.compare()).changes(serviceNamed(catalog, service, 'github'), from, to, signal),
      }),
    coming: () =>
      open<readonly Card[]>({
        key: ['coming'],
        source: 'leankit',
        everyMs: 2 * MINUTE,
        read: async (signal) => (await systems.board()).coming(signal),
      }),
    fleet: (service, environment) =>
      open<readonly Group[]>({
        key: ['fleet', service, environment],
        source: 'aws',
        everyMs: 15 * SECOND,
        read: async (signal, early) =>
          readFleet(systems, inPlace(service, environment), environment, early, signal),
      }),
    zoneTrouble: (environment) =>
      open<ZoneTrouble | null>({
        key: ['zone', environment],
        source: 'aws',
        everyMs: 30 * SECOND,
        read: async (signal) =>
          zoneTrouble(await (await systems.fleet()).health(environment, catalog.services, signal)),
      }),
    logs(service, environment, others = []) {
      // Whichever of them is looked at: the same ones together are one tail.
      const names = [service, ...others].sort();
      return shelf.take(`logs ${names.join(' ')} ${environment}`, () =>
        logTail(systems, flush, catalog, names, environment),
      );
    },
    logsBefore: (name, environment, before) => {
      const service = inPlace(name, environment);
      const source = logSystem(service);
      return open<Baseline>({
        key: ['logs before', name, environment, String(before)],
        source,
        everyMs: 0,
        staleAfterMs: Number.POSITIVE_INFINITY,
        read: async (signal) =>
          readLogsBefore(
            await systems.logSearch(),
            { service, environment },
            before,
            systems.now(source),
            signal,
          ),
      });
    },
    logShape: (name, environment, from, bucketMs) => {
      const service = inPlace(name, environment);
      const source = logSystem(service);
      return open<LogHistogram>({
        key: ['log shape', name, environment, String(from), String(bucketMs)],
        source,
        everyMs: countedEveryMs(source),
        read: async (signal) => {
          const to = systems.now(source);
          return (await systems.logSearch()).histogram({ service, environment, from, to }, bucketMs, signal);
        },
      });
    },
    logPatterns: (name, environment, from) => {
      const service = inPlace(name, environment);
      const source = logSystem(service);
      return open<CountedPatterns>({
        key: ['log patterns', name, environment, String(from)],
        source,
        everyMs: countedEveryMs(source),
        read: async (signal) => {
          const to = systems.now(source);
          const search = await systems.logSearch();
          return { ...(await search.patterns({ service, environment, from, to }, signal)), from, to };
        },
      });
    },
    signals: (environment) =>
      systems.monitorNames().map((system) =>
        open<SignalsView>({
          key: ['signals', system, environment],
          source: system,
          everyMs: MINUTE,
          read: (signal) => readSignals(systems, system, environment, signal),
        }),
      ),
    systems: () => shelf.take('systems', () => systemsSource(systems, flush)),
    async refreshAll() {
      await Promise.allSettled(shelf.watched().map((source) => source.refresh()));
    },
    async stop() {
      over.abort();
      await keeper?.stop();
      flush.stop();
      await client.cancelQueries();
      client.clear();
    },
  };
  const keeper = options.snapshot && keepSnapshot(options.snapshot, watch, systems, catalog, shelf);
  return watch;
}

function serviceNamed(catalog: Catalog, name: string, system: string): Service {
  const service = findService(catalog, name);
  if (service !== undefined) return service;
  throw new Failure(system, 'not_configured', `${name} is not in the configuration.`);
}

function serviceIn(catalog: Catalog, name: string, environment: string): Service {
  const service = findService(catalog, name);
  if (service?.in[environment] !== undefined) return service;
  throw new Failure(
    'aws',
    'not_configured',
    `${name} does not run in ${environment}, says the configuration.`,
  );
}
