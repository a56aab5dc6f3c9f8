import type { JournalIntent } from '../../src/actions/types.ts';
import { LivePatterns } from '../../src/insight/patterns/live.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import type { Deploy } from '../../src/model/deploy.ts';
import type { Container, Group, Instance } from '../../src/model/fleet.ts';
import type { Incident, Person } from '../../src/model/incident.ts';
import { type Instant, MINUTE, SECOND } from '../../src/model/instant.ts';
import type { LogLevel, LogLine } from '../../src/model/log-line.ts';
import { safeText } from '../../src/model/safe-text.ts';
import type { LogView } from '../../src/watch/types.ts';

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
  knownAs: [name, `${name}-test`],
  runbook: `https://runbooks.harbour.example/${name}`,
  deployWith: 'cloudformation' as const,
  deployCommand: null,
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
  roles: [
    {
      name: 'owl',
      schedule: 'EPOwl',
      hours: null,
      timeZone: 'UTC',
      workdays: { weekdays: [1, 2, 3, 4, 5], holidays: [], workedOn: [] },
    },
  ],
  environments: [
    { name: 'prod', guarded: true },
    { name: 'test', guarded: false },
  ],
  defaultEnvironment: 'prod',
  freezes: [],
  migrationLabels: [],
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
    resolvedAt: null,
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
    sources: ['aws'],
    url: null,
    waiting: null,
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
    traffic: null,
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
    front: { balancers: [], unread: null },
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
  const patterns = new LivePatterns();
  for (const line of lines) patterns.add(line);
  return {
    lines,
    total,
    completeTo: EPOCH,
    linesTo: EPOCH,
    lagMs: 2 * SECOND,
    notShown: 0,
    notShownIn: null,
    from: lines[0]?.at ?? null,
    patterns: () => patterns.patterns(),
    way: null,
  };
}

/** A rollback of ledger-api that was sent, as the journal tells it. */
export function journalIntent(changes: Partial<JournalIntent>): JournalIntent {
  return {
    id: 'intent-7',
    action: 'rollback',
    state: 'sent',
    service: 'ledger-api',
    environment: 'prod',
    from: '3.1.151',
    to: '3.1.150',
    who: 'sam@harbour.example',
    token: null,
    origin: null,
    host: null,
    expectedMs: null,
    version: '0.1.0',
    planHash: '',
    fromDigest: null,
    toDigest: null,
    reason: null,
    incident: null,
    at: EPOCH,
    history: [],
    ...changes,
  };
}
