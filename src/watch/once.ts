import type { Catalog } from '../model/catalog.ts';
import type { Deploy } from '../model/deploy.ts';
import { Failure, toFailure } from '../model/failure.ts';
import type { Incident, OnCall, Person } from '../model/incident.ts';
import { localNow, MINUTE, SECOND } from '../model/instant.ts';
import type { Systems } from '../model/ports/index.ts';
import { type Reading, STALE_AFTER_MS, unread } from '../model/reading.ts';
import type { SystemHealth } from '../model/system-health.ts';
import { identify } from './identify.ts';
import { dutyPolicies } from './policies.ts';
import { type Asked, probeAll } from './probe.ts';
import type { DeploysReading, Snapshot, SnapshotStore } from './snapshot.ts';

export interface OnceOptions {
  /** Ask every system, not PagerDuty alone. */
  readonly all: boolean;
  /** Whose deploys are looked at for suspects. */
  readonly environment: string;
  readonly email: string | null;
  /** What was known before; what is read now is written there. */
  readonly store: SnapshotStore;
  readonly signal?: AbortSignal;
}

const DUTY_STALE_MS = 5 * MINUTE;
/** A person waits, and what was known before can be shown instead. */
const PATIENCE_MS = 6 * SECOND;

/**
 * One look for `status`: PagerDuty is asked, the rest comes from the last snapshot with its age. Never throws for
 * what a system answered: that part keeps its old value and tells the failure.
 */
export async function lookOnce(systems: Systems, catalog: Catalog, options: OnceOptions): Promise<Snapshot> {
  const { all, environment, email, store, signal } = options;
  const before = store.read();
  if (all) loadAhead(systems);
  const [incidents, onCall, me] = await inTime('pagerduty', signal, (limit) =>
    Promise.all([
      attempt<readonly Incident[]>(systems, 'pagerduty', before?.incidents, STALE_AFTER_MS, async () =>
        (await systems.pager()).openIncidents(limit),
      ),
      attempt<readonly OnCall[]>(systems, 'pagerduty', before?.onCall, DUTY_STALE_MS, async () =>
        (await systems.pager()).onCall(dutyPolicies(catalog), limit),
      ),
      whoAmI(systems, email, before?.me ?? null, limit),
    ]),
  );
  const asked: Asked = new Map([['pagerduty', incidents.error]]);
  let deploys = before?.deploys ?? [];
  if (all) {
    const [read] = await Promise.all([
      readDeploys(systems, catalog, incidents.value ?? [], environment, deploys, signal),
      probeAll(systems, catalog, environment, incidents.value ?? [], asked, signal),
    ]);
    deploys = [...read, ...deploys.filter((old) => !read.some((each) => isSame(each, old)))];
  }
  const health = systemsHealth(systems, before?.systems ?? [], asked);
  const look = { practice: catalog.practice, incidents, onCall, me, deploys, systems: health };
  if (incidents.error === null) await store.write(look);
  return look;
}

/** While PagerDuty answers; one that cannot be opened says so when it is asked. */
function loadAhead(systems: Systems): void {
  for (const open of [systems.releases, systems.fleet, systems.containers, systems.logSearch]) {
    open().catch(() => undefined);
  }
}

/** Reads that the signal ends, or the limit of patience, as a time-out. */
async function inTime<T>(
  system: string,
  signal: AbortSignal | undefined,
  read: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const message = `${system} did not answer within ${PATIENCE_MS / SECOND} s.`;
  const timer = setTimeout(() => late.abort(new Failure(system, 'timeout', message)), PATIENCE_MS);
  try {
    return await read(signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** A new reading, or the old one with the failure of this attempt. */
export async function attempt<T>(
  systems: Systems,
  source: string,
  old: Reading<T> | undefined,
  staleAfterMs: number,
  read: () => Promise<T>,
): Promise<Reading<T>> {
  try {
    const value = await read();
    return { source, value, takenAt: systems.now(source), receivedAt: localNow(), error: null, staleAfterMs };
  } catch (thrown) {
    return { ...(old ?? unread<T>(source, staleAfterMs)), staleAfterMs, error: toFailure(source, thrown) };
  }
}

/** Deploys of every service with an open incident; a service whose deploys cannot be read keeps what was known. */
export async function readDeploys(
  systems: Systems,
  catalog: Catalog,
  incidents: readonly Incident[],
  environment: string,
  before: readonly DeploysReading[],
  signal?: AbortSignal,
): Promise<readonly DeploysReading[]> {
  const names = new Set(incidents.map((incident) => incident.service));
  const services = catalog.services.filter(
    ({ name, in: places }) => names.has(name) && environment in places,
  );
  return Promise.all(
    services.map(async (service) => {
      const key = { service: service.name, environment };
      const old = before.find((each) => isSame(each, key))?.reading;
      const reading = await attempt<readonly Deploy[]>(systems, 'aws', old, STALE_AFTER_MS, async () =>
        (await systems.releases()).deploys(service, environment, DEPLOYS_READ, signal),
      );
      return { ...key, reading };
    }),
  );
}

/** Enough to find what landed within an hour. */
const DEPLOYS_READ = 10;

type Key = Pick<DeploysReading, 'service' | 'environment'>;

function isSame(one: Key, other: Key): boolean {
  return one.service === other.service && one.environment === other.environment;
}

async function whoAmI(
  systems: Systems,
  email: string | null,
  known: Person | null,
  signal?: AbortSignal,
): Promise<Person | null> {
  if (known !== null && (email === null || known.email?.toLowerCase() === email.toLowerCase())) return known;
  return identify(systems, email, signal).catch(() => null);
}

/** What was just asked as it answered, the others as they were known before. */
function systemsHealth(
  systems: Systems,
  before: readonly SystemHealth[],
  asked: ReadonlyMap<string, Failure | null>,
): readonly SystemHealth[] {
  return systems.health().map((now) => {
    const old = before.find((each) => each.name === now.name);
    const lastOkAt = now.lastOkAt ?? old?.lastOkAt ?? null;
    const error = asked.get(now.name);
    if (error !== undefined && error !== null) return { ...now, ok: false, lastOkAt, error };
    if (now.ok === null) return old ?? now;
    return { ...now, lastOkAt };
  });
}
