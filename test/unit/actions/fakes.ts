import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ActionsDeps, openActions } from '../../../src/actions/index.ts';
import type { Actions, Progress } from '../../../src/actions/types.ts';
import type { Catalog } from '../../../src/model/catalog.ts';
import { Failure, type FailureCode } from '../../../src/model/failure.ts';
import type {
  Alert,
  ChangeRecord,
  Incident,
  LogEntry,
  Note,
  OnCall,
  Person,
} from '../../../src/model/incident.ts';
import type { IncidentChange, Pager, Systems } from '../../../src/model/ports/index.ts';
import { ownText } from '../../../src/model/safe-text.ts';

export const NOW = Date.parse('2026-11-17T03:12:00Z');

export const SAM: Person = {
  id: 'PSAM001',
  name: ownText('Sam Okafor'),
  email: ownText('sam@harbour.example'),
};
export const DORA: Person = { id: 'PDORA01', name: ownText('Dora Lindqvist'), email: null };
export const ADA: Person = { id: 'PADA001', name: ownText('Ada Quist'), email: null };

export const catalog: Catalog = {
  tribe: 'Harbour',
  practice: true,
  squads: [
    { id: 'billing', name: 'Billing', escalationPolicy: 'EPBILL', schedule: null, slackChannel: null },
    { id: 'identity', name: 'Identity', escalationPolicy: 'EPIDEN', schedule: null, slackChannel: null },
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
      pagerService: 'SCHARGE',
      logs: null,
      logGroup: null,
      image: 'charge-central',
      runbook: null,
      knownAs: [],
      deployWith: 'cloudformation',
      deployCommand: null,
      in: {
        prod: { stack: 'charge-central', imageParameter: 'ImageTag' },
        test: { stack: 'charge-central-test', imageParameter: 'ImageTag' },
      },
    },
  ],
};

export function incident(id: string, own: Partial<Incident> = {}): Incident {
  return {
    id,
    number: 1,
    title: ownText(`title of ${id}`),
    status: 'triggered',
    urgency: 'high',
    pagerService: { id: 'SCHARGE', name: ownText('charge-central') },
    service: 'charge-central',
    squad: 'billing',
    escalationPolicy: { id: 'EPOWL', name: ownText('Owl') },
    triggeredAt: NOW,
    assignees: [SAM],
    acknowledgedBy: [],
    snoozedUntil: null,
    resolvedAt: null,
    url: null,
    ...own,
  };
}

/** A PagerDuty of a few lines: keeps incidents, applies changes, counts what was sent, fails on order. */
export class FakePager implements Pager {
  readonly incidentsById = new Map<string, Incident>();
  readonly notes = new Map<string, Note[]>();
  readonly log = new Map<string, LogEntry[]>();
  readonly sent: IncidentChange[] = [];
  duties: OnCall[] = [];
  owner: Person | null = SAM;
  /** What the next write does instead of answering. */
  nextWrite: 'answer' | 'reset_before' | 'reset_after' | 'hang' | FailureCode = 'answer';
  /** Called before each read. */
  onRead: () => void = () => {};

  constructor(...incidents: readonly Incident[]) {
    for (const each of incidents) this.incidentsById.set(each.id, each);
  }

  set(id: string, change: Partial<Incident>): void {
    const before = this.incidentsById.get(id);
    if (before !== undefined) this.incidentsById.set(id, { ...before, ...change });
  }

  async openIncidents(): Promise<readonly Incident[]> {
    this.onRead();
    return [...this.incidentsById.values()].filter((each) => each.status !== 'resolved');
  }

  async alerts(): Promise<readonly Alert[]> {
    return [];
  }

  async urgentSince(): Promise<readonly Incident[]> {
    return [...this.incidentsById.values()].filter((each) => each.urgency === 'high');
  }

  async incidents(ids: readonly string[]): Promise<readonly Incident[]> {
    this.onRead();
    return ids.map((id) => {
      const found = this.incidentsById.get(id);
      if (found === undefined) throw new Failure('pagerduty', 'not_found', 'Not Found');
      return found;
    });
  }

  async incident(id: string) {
    const [found] = await this.incidents([id]);
    if (found === undefined) throw new Failure('pagerduty', 'not_found', 'Not Found');
    const notes = this.notes.get(id) ?? [];
    return { incident: found, alerts: [], notes, log: this.log.get(id) ?? [], wholeLog: true };
  }

  async changes(): Promise<readonly ChangeRecord[]> {
    return [];
  }

  async onCall(policies: readonly string[]): Promise<readonly OnCall[]> {
    return this.duties.filter((duty) => policies.includes(duty.escalationPolicy));
  }

  async me(): Promise<Person | null> {
    return this.owner;
  }

  async change(change: IncidentChange): Promise<void> {
    this.sent.push(change);
    const how = this.nextWrite;
    this.nextWrite = 'answer';
    if (how === 'reset_before') throw new Failure('pagerduty', 'reset', 'connection reset');
    if (how === 'hang') return new Promise(() => {});
    if (how !== 'answer' && how !== 'reset_after') throw new Failure('pagerduty', how, `answered ${how}`);
    this.apply(change);
    if (how === 'reset_after') throw new Failure('pagerduty', 'reset', 'connection reset');
  }

  apply(change: IncidentChange): void {
    switch (change.kind) {
      case 'acknowledge':
        for (const id of change.ids) this.set(id, { status: 'acknowledged', acknowledgedBy: [SAM] });
        return;
      case 'resolve':
        for (const id of change.ids) this.set(id, { status: 'resolved' });
        return;
      case 'reroute':
        for (const id of change.ids) {
          const paged = this.duties.filter((duty) => duty.escalationPolicy === change.escalationPolicy);
          const assignees = paged.filter((duty) => duty.level === 1).map((duty) => duty.person);
          this.set(id, {
            assignees,
            escalationPolicy: { id: change.escalationPolicy, name: ownText('new') },
          });
        }
        return;
      case 'escalate': {
        const paged = this.duties.filter((duty) => duty.level === change.level).map((duty) => duty.person);
        this.set(change.id, { status: 'triggered', assignees: paged });
        const entry = { kind: ownText('escalate'), text: ownText('Escalated'), by: SAM.name, at: NOW };
        this.log.set(change.id, [...(this.log.get(change.id) ?? []), entry]);
        return;
      }
      case 'snooze':
        this.set(change.id, { status: 'acknowledged', snoozedUntil: NOW + change.seconds * 1000 });
        return;
      case 'note': {
        const note: Note = { id: `N${this.sent.length}`, text: ownText(change.text), by: SAM.name, at: NOW };
        this.notes.set(change.id, [...(this.notes.get(change.id) ?? []), note]);
      }
    }
  }
}

export function onCall(escalationPolicy: string, level: number, person: Person): OnCall {
  return { escalationPolicy, level, person, schedule: null, until: null };
}

/** Systems of which only the given ones are there; the others are not configured. */
export function systemsOf(
  ports: Partial<{ [Name in keyof Systems]: Awaited<ReturnType<Systems[Name]>> }>,
): Systems {
  const port = async <T>(name: string, given: T | undefined): Promise<T> => {
    if (given === undefined) throw new Failure(name, 'not_configured', `${name} is not configured`);
    return given;
  };
  return {
    pager: () => port('pagerduty', ports.pager),
    logSearch: () => port('splunk', ports.logSearch),
    logJobs: () => port('splunk', ports.logJobs),
    fleet: () => port('aws', ports.fleet),
    containers: () => port('docker', ports.containers),
    releases: () => port('aws', ports.releases),
    images: () => port('aws', ports.images),
    deployer: () => port('aws', ports.deployer),
    pipeline: (system) => port(system, ports.pipeline),
    compare: () => port('github', ports.compare),
    contracts: () => port('pact', ports.contracts),
    board: () => port('leankit', ports.board),
    notifiers: async () => ports.notifiers ?? [],
    monitors: async () => ports.monitors ?? [],
    monitorNames: () => (ports.monitors ?? []).map(({ system }) => system),
    now: () => NOW,
    health: () => [],
    onHealth: () => () => {},
    close: async () => {},
  };
}

export const FAST = { send: 60, read: 60, trace: 80, pause: 5 };

export async function stateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oncall-actions-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function actionsWith(
  systems: Systems,
  own: Partial<ActionsDeps> = {},
): Promise<Actions & { readonly folder: string }> {
  const folder = own.stateFolder ?? (await stateFolder());
  const actions = openActions({
    systems,
    catalog,
    email: 'sam@harbour.example',
    stateFolder: folder,
    readOnly: false,
    reread: async () => {},
    limits: FAST,
    ...own,
  });
  return { ...actions, folder };
}

export const CONSENT = { accepted: [] };
export const quiet = (_progress: Progress): void => {};
