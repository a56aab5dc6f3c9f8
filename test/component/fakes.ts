import type {
  ActionName,
  ActionRequest,
  Actions,
  Check,
  Consent,
  JournalIntent,
  Outcome,
  Plan,
  Progress,
} from '../../src/actions/types.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import type { Deploy } from '../../src/model/deploy.ts';
import type { Failure } from '../../src/model/failure.ts';
import type { Container, Group, Instance } from '../../src/model/fleet.ts';
import type { Incident, IncidentDetail, OnCall, Person } from '../../src/model/incident.ts';
import { type Instant, localNow, MINUTE, SECOND } from '../../src/model/instant.ts';
import type { LogLevel, LogLine } from '../../src/model/log-line.ts';
import { type Reading, unread } from '../../src/model/reading.ts';
import { safeText } from '../../src/model/safe-text.ts';
import type { SystemHealth } from '../../src/model/system-health.ts';
import type { LogView, Source, Watch } from '../../src/watch/types.ts';

/** The practice world's first moment, as every system's clock has it. */
export const EPOCH: Instant = Date.parse('2026-11-17T03:12:00Z');

export const SAM: Person = {
  id: 'PSAM001',
  name: safeText('Sam Okafor'),
  email: safeText('sam@harbour.example'),
};
export const DORA: Person = {
  id: 'PDORA01',
  name: safeText('Dora Lindqvist'),
  email: safeText('dora@harbour.example'),
};

const service = (name: string, squad: string) => ({
  name,
  squad,
  pagerService: `P${name}`,
  logs: null,
  logGroup: null,
  image: name,
  runbook: `https://runbooks.harbour.example/${name}`,
  in: {
    prod: { stack: name, imageParameter: 'ImageTag' },
    test: { stack: `${name}-test`, imageParameter: 'ImageTag' },
  },
});

export const CATALOG: Catalog = {
  tribe: 'Harbour',
  practice: true,
  squads: ['Billing', 'Ledger', 'Identity', 'Messaging'].map((name) => ({
    id: name.toLowerCase(),
    name,
    escalationPolicy: `EP${name}`,
    schedule: null,
    slackChannel: null,
  })),
  roles: [{ name: 'owl', schedule: 'EPOwl', hours: null, timeZone: 'UTC' }],
  environments: [
    { name: 'prod', guarded: true },
    { name: 'test', guarded: false },
  ],
  defaultEnvironment: 'prod',
  services: [
    service('charge-central', 'billing'),
    service('ledger-api', 'ledger'),
    service('mailer', 'messaging'),
  ],
};

export function incident(id: string, changes: Partial<Incident> = {}): Incident {
  const name = changes.service ?? 'charge-central';
  return {
    id,
    number: 8000 + Number(id.replace(/\D/g, '') || 1),
    title: safeText('5xx above 2%'),
    status: 'triggered',
    urgency: 'high',
    pagerService: { id: `P${name}`, name: safeText(name) },
    service: name,
    squad: 'billing',
    escalationPolicy: { id: 'EPOwl', name: safeText('Owl') },
    triggeredAt: EPOCH - 4 * MINUTE,
    assignees: [SAM],
    acknowledgedBy: [],
    snoozedUntil: null,
    url: safeText(`https://harbour.pagerduty.com/incidents/${id}`),
    ...changes,
  };
}

export const STORY: readonly Incident[] = [
  incident('Q1'),
  incident('Q2', {
    title: safeText('DLQ not empty'),
    service: 'ledger-api',
    squad: 'ledger',
    triggeredAt: EPOCH - 5 * MINUTE,
  }),
  incident('Q3', {
    title: safeText('disk 91%'),
    service: 'mailer',
    squad: 'messaging',
    urgency: 'low',
    status: 'acknowledged',
    acknowledgedBy: [SAM],
    triggeredAt: EPOCH - 60 * MINUTE,
  }),
];

export function deploy(version: string, startedAt: Instant, changes: Partial<Deploy> = {}): Deploy {
  return {
    service: 'charge-central',
    environment: 'prod',
    version: safeText(version),
    status: 'succeeded',
    startedAt,
    finishedAt: startedAt + 343 * SECOND,
    who: safeText('Dora Lindqvist'),
    reference: safeText('#412'),
    source: 'aws',
    url: null,
    ...changes,
  };
}

export function container(name: string, changes: Partial<Container> = {}): Container {
  return {
    id: safeText(`${name}-id`),
    name: safeText(name),
    image: safeText(`registry/${name}:1.0`),
    imageDigest: null,
    state: safeText('running'),
    health: safeText('healthy'),
    restarts: 0,
    exitCode: null,
    outOfMemory: false,
    startedAt: null,
    ...changes,
  };
}

export function instance(id: string, changes: Partial<Instance> = {}): Instance {
  return {
    id: safeText(id),
    zone: safeText('eu-west-1a'),
    address: null,
    lifecycle: safeText('InService'),
    health: safeText('Healthy'),
    launchedAt: null,
    containers: [container('nginx'), container('charge-central')],
    containersError: null,
    ...changes,
  };
}

export function group(version: string, instances: readonly Instance[], changes: Partial<Group> = {}): Group {
  const tag = safeText(version);
  return {
    name: safeText(`charge-central-${version.replaceAll('.', '-')}-4fe0a1`),
    service: 'charge-central',
    environment: 'prod',
    createdAt: EPOCH - 15 * MINUTE,
    desired: instances.length,
    min: 1,
    max: 6,
    suspendedProcesses: [],
    versions: { parameter: tag, launch: tag, tag, running: [tag] },
    instances,
    ...changes,
  };
}

export function logLine(index: number, message: string, level: LogLevel = 'info'): LogLine {
  return {
    id: `line-${index}`,
    at: EPOCH - 60 * SECOND + index * SECOND,
    indexedAt: EPOCH - 60 * SECOND + index * SECOND,
    level,
    message: safeText(message),
    service: 'charge-central',
    instance: safeText('i-03'),
    version: null,
    fields: {},
    late: false,
  };
}

export function logView(lines: readonly LogLine[], total = lines.length): LogView {
  return { lines, total, completeTo: EPOCH, lagMs: 2 * SECOND, notShown: 0 };
}

/** A source that a test sets. */
export class FakeSource<T> implements Source<T> {
  #reading: Reading<T>;
  readonly #changed = new Set<() => void>();
  refreshed = 0;

  constructor(source: string, value?: T) {
    this.#reading = unread<T>(source);
    if (value !== undefined) this.set(value);
  }

  readonly get = (): Reading<T> => this.#reading;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#changed.add(changed);
    return () => this.#changed.delete(changed);
  };

  async refresh(): Promise<void> {
    this.refreshed += 1;
  }

  set(value: T, now = EPOCH): void {
    this.#put({ ...this.#reading, value, takenAt: now, receivedAt: localNow(), error: null });
  }

  fail(error: Failure): void {
    this.#put({ ...this.#reading, error });
  }

  #put(reading: Reading<T>): void {
    this.#reading = reading;
    for (const changed of this.#changed) changed();
  }
}

/** The bad deploy as the cockpit would read it, every part of it in the test's hands. */
export class FakeWatch implements Watch {
  readonly incidentList = new FakeSource<readonly Incident[]>('pagerduty', STORY);
  readonly duty = new FakeSource<readonly OnCall[]>('pagerduty', [
    {
      escalationPolicy: 'EPOwl',
      level: 1,
      person: SAM,
      schedule: null,
      until: Date.parse('2026-11-17T09:00:00Z'),
    },
    { escalationPolicy: 'EPBilling', level: 1, person: DORA, schedule: null, until: null },
  ]);
  readonly health = new FakeSource<readonly SystemHealth[]>(
    'systems',
    ['pagerduty', 'splunk', 'aws'].map((name) => ({
      name,
      ok: true,
      lastOkAt: localNow(),
      error: null,
      retryAt: null,
    })),
  );
  readonly sources = new Map<string, FakeSource<never>>();
  readonly #me = new FakeSource<Person | null>('pagerduty', SAM);

  constructor() {
    this.deploys('charge-central', 'prod').set([
      deploy('1.0.283', Date.parse('2026-11-17T02:56:17Z')),
      deploy('1.0.282', EPOCH - 25 * 60 * MINUTE, { reference: safeText('#409') }),
    ]);
    const restarting = container('charge-central', {
      state: safeText('restarting'),
      health: null,
      restarts: 7,
    });
    this.fleet('charge-central', 'prod').set([
      group('1.0.283', [
        instance('i-01'),
        instance('i-03', { health: safeText('Unhealthy'), containers: [container('nginx'), restarting] }),
      ]),
    ]);
    this.logs('charge-central', 'prod').set(
      logView([
        logLine(1, 'Refreshed 51 keys'),
        logLine(2, "NoMethodError: undefined method `cents' for nil:NilClass", 'error'),
        logLine(3, 'Upstream answered in 6ms'),
      ]),
    );
  }

  incidents = () => this.incidentList;
  onCall = () => this.duty;
  me = () => this.#me;
  systems = () => this.health;
  incident = (id: string) => this.#take<IncidentDetail>(`incident ${id}`, 'pagerduty');
  deploys = (name: string, environment: string) =>
    this.#take<readonly Deploy[]>(`deploys ${name} ${environment}`, 'aws');
  fleet = (name: string, environment: string) =>
    this.#take<readonly Group[]>(`fleet ${name} ${environment}`, 'aws');
  logs = (name: string, environment: string) => this.#take<LogView>(`logs ${name} ${environment}`, 'splunk');

  async refreshAll(): Promise<void> {
    this.incidentList.refreshed += 1;
  }

  async stop(): Promise<void> {}

  #take<T>(key: string, system: string): FakeSource<T> {
    const known = this.sources.get(key);
    // The key says which type is kept under it.
    if (known !== undefined) return known as unknown as FakeSource<T>;
    const made = new FakeSource<T>(system);
    this.sources.set(key, made as unknown as FakeSource<never>);
    return made;
  }
}

interface Running {
  readonly plan: Plan;
  readonly consent: Consent;
  readonly progress: (progress: Progress) => void;
  readonly end: (outcome: Outcome) => void;
}

/** Actions that do nothing but remember what was asked for; the test says how each run ends. */
export class FakeActions implements Actions {
  readonly planned: ActionRequest[] = [];
  readonly discarded: Plan[] = [];
  readonly runs: Running[] = [];
  readonly left: JournalIntent[] = [];
  readonly attached: string[] = [];
  checks: readonly Check[] = [{ id: 'stack', result: 'pass', text: 'The stack is UPDATE_COMPLETE.' }];
  disabled: string | null = null;

  disabledReason(_action: ActionName): string | null {
    return this.disabled;
  }

  async plan(request: ActionRequest): Promise<Plan> {
    this.planned.push(request);
    const light = request.action === 'acknowledge' && request.incidents.length === 1;
    const rollback = request.action === 'rollback';
    return {
      intent: `intent-${this.planned.length}`,
      request,
      title: rollback
        ? `Roll back ${request.service} in ${request.environment}: 1.0.283 → 1.0.282`
        : `Plan to ${request.action}`,
      lines:
        request.action === 'reroute' ? [`Paged at once (level 1): ${DORA.name}.`] : ['What will happen.'],
      checks: rollback ? this.checks : [],
      confirm: rollback
        ? { kind: 'typed', word: request.service }
        : light
          ? { kind: 'none' }
          : { kind: 'key' },
      hash: 'hash',
      service: rollback ? request.service : null,
      environment: rollback ? request.environment : null,
      from: null,
      to: null,
      changes: [],
      expectedMs: rollback ? 6 * MINUTE : null,
    };
  }

  async discard(plan: Plan): Promise<void> {
    this.discarded.push(plan);
  }

  run(plan: Plan, consent: Consent, onProgress: (progress: Progress) => void): Promise<Outcome> {
    return new Promise((end) => {
      this.runs.push({ plan, consent, progress: onProgress, end });
    });
  }

  async unfinished(): Promise<readonly JournalIntent[]> {
    return this.left;
  }

  async journal(): Promise<readonly JournalIntent[]> {
    return this.left;
  }

  attach(intent: string): Promise<Outcome> {
    this.attached.push(intent);
    return new Promise(() => undefined);
  }
}
