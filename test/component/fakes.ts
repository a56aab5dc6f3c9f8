import type {
  ActionName,
  ActionRequest,
  Actions,
  Check,
  Consent,
  JournalIntent,
  Offer,
  Outcome,
  Plan,
  Progress,
} from '../../src/actions/types.ts';
import type { Baseline } from '../../src/insight/patterns/news.ts';
import type { ZoneTrouble } from '../../src/insight/zone-trouble.ts';
import type { Card } from '../../src/model/card.ts';
import type { Changes } from '../../src/model/changes.ts';
import type { Deploy } from '../../src/model/deploy.ts';
import type { Failure } from '../../src/model/failure.ts';
import type { Group } from '../../src/model/fleet.ts';
import type { Alert, Incident, IncidentDetail, OnCall, Person } from '../../src/model/incident.ts';
import { type Instant, localNow, MINUTE } from '../../src/model/instant.ts';
import type { LogHistogram } from '../../src/model/log-counts.ts';
import { type Reading, unread } from '../../src/model/reading.ts';
import { safeText } from '../../src/model/safe-text.ts';
import type { SystemHealth } from '../../src/model/system-health.ts';
import type { CountedPatterns, LogView, SignalsView, Source, Watch } from '../../src/watch/types.ts';
import { container, DORA, deploy, EPOCH, group, instance, logLine, logView, SAM, STORY } from './story.ts';

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

  get watched(): boolean {
    return this.#changed.size > 0;
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
  readonly signalSources: FakeSource<SignalsView>[] = [];
  signals = () => this.signalSources;
  incident = (id: string) => this.#take<IncidentDetail>(`incident ${id}`, 'pagerduty');
  alerts = (id: string) => this.#take<readonly Alert[]>(`alerts ${id}`, 'pagerduty');
  deploys = (name: string, environment: string) =>
    this.#take<readonly Deploy[]>(`deploys ${name} ${environment}`, 'aws');
  changes = (name: string, from: string, to: string) =>
    this.#take<Changes>(`changes ${name} ${from} ${to}`, 'github');
  readonly board = new FakeSource<readonly Card[]>('leankit');
  coming = () => this.board;
  fleet = (name: string, environment: string) =>
    this.#take<readonly Group[]>(`fleet ${name} ${environment}`, 'aws');
  zoneTrouble = (environment: string) => this.#take<ZoneTrouble | null>(`zone ${environment}`, 'aws');
  logsBefore = (name: string, environment: string, before: Instant) =>
    this.#take<Baseline>(`logs before ${name} ${environment} ${before}`, 'splunk');
  logShape = (name: string, environment: string, from: Instant, bucketMs: number) =>
    this.#take<LogHistogram>(`log shape ${name} ${environment} ${from} ${bucketMs}`, 'splunk');
  logPatterns = (name: string, environment: string, from: Instant) =>
    this.#take<CountedPatterns>(`log patterns ${name} ${environment} ${from}`, 'splunk');
  logs = (name: string, environment: string, others: readonly string[] = []) =>
    this.#take<LogView>(`logs ${[name, ...others].sort().join(' ')} ${environment}`, 'splunk');

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

interface Attached extends Omit<Running, 'plan' | 'consent'> {
  readonly intent: string;
}

/** Actions that do nothing but remember what was asked for; the test says how each run ends. */
export class FakeActions implements Actions {
  readonly planned: ActionRequest[] = [];
  readonly discarded: Plan[] = [];
  readonly runs: Running[] = [];
  readonly left: JournalIntent[] = [];
  readonly attached: Attached[] = [];
  /** While true, a plan is being made and does not come. */
  slow = false;
  checks: readonly Check[] = [{ id: 'stack', result: 'pass', text: 'The stack is UPDATE_COMPLETE.' }];
  disabled: string | null = null;
  /** What a system answered with a 403. */
  forbidden: { readonly action: ActionName; readonly service: string } | null = null;
  offered: Offer = { kind: 'roll_back', text: '', attach: null };

  disabledReason(action: ActionName, service?: string | null): string | null {
    const forbidden = this.forbidden?.action === action && this.forbidden.service === service;
    return forbidden ? `AWS forbade ${action} of ${service}.` : this.disabled;
  }

  async plan(request: ActionRequest): Promise<Plan> {
    this.planned.push(request);
    if (this.slow) return new Promise(() => undefined);
    const light =
      (request.action === 'acknowledge' && request.incidents.length === 1) ||
      request.action === 'acknowledge_signal';
    const rollback = request.action === 'rollback';
    return {
      intent: `intent-${this.planned.length}`,
      request,
      title: rollback
        ? `Roll back ${request.service} in ${request.environment}: 1.0.283 → ${request.to ?? '1.0.282'}`
        : `Plan to ${request.action}`,
      lines:
        request.action === 'reroute' ? [`Paged at once (level 1): ${DORA.name}.`] : ['What will happen.'],
      checks: 'service' in request ? this.checks : [],
      confirm:
        'service' in request
          ? { kind: 'typed', word: request.service }
          : light
            ? { kind: 'none' }
            : { kind: 'key' },
      hash: 'hash',
      service: 'service' in request ? request.service : null,
      environment: 'service' in request ? request.environment : null,
      from: rollback ? '1.0.283' : null,
      to: rollback ? (request.to ?? '1.0.282') : null,
      changes: [],
      expectedMs: rollback ? 6 * MINUTE : null,
    };
  }

  async offer(): Promise<Offer> {
    return this.offered;
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

  async unreadableLines(): Promise<number> {
    return 0;
  }

  attach(intent: string, onProgress: (progress: Progress) => void): Promise<Outcome> {
    return new Promise((end) => {
      this.attached.push({ intent, progress: onProgress, end });
    });
  }
}
