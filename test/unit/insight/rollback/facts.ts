import type { RollbackFacts } from '../../../../src/insight/rollback/facts.ts';
import type { Service } from '../../../../src/model/catalog.ts';
import type { Deploy, ImageLabels } from '../../../../src/model/deploy.ts';
import type { Balancer, Container, Group, Instance } from '../../../../src/model/fleet.ts';
import type { Incident } from '../../../../src/model/incident.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/model/instant.ts';
import { ownText } from '../../../../src/model/safe-text.ts';
import type { Stack, StackEvent } from '../../../../src/model/stack.ts';

export const NOW = Date.parse('2026-11-17T03:12:00Z');

export const service: Service = {
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
  in: { prod: { stack: 'charge-central', imageParameter: 'ImageTag' } },
};

export const stack: Stack = {
  name: 'charge-central',
  environment: 'prod',
  id: ownText('arn:aws:cloudformation:eu-west-1:210987654321:stack/charge-central/1'),
  status: ownText('UPDATE_COMPLETE'),
  statusReason: null,
  updatedAt: NOW - 10 * MINUTE,
  parameters: {
    ImageTag: ownText('1.0.283'),
    DesiredCapacity: ownText('3'),
    DbPassword: ownText('****'),
  },
  tags: {},
  capabilities: [ownText('CAPABILITY_IAM')],
  roleArn: null,
  identity: {
    account: ownText('210987654321'),
    arn: ownText('arn:aws:iam::1:user/sam'),
    region: 'eu-west-1',
  },
};

export function deploy(version: string, ago: number, own: Partial<Deploy> = {}): Deploy {
  return {
    service: 'charge-central',
    environment: 'prod',
    version: ownText(version),
    status: 'succeeded',
    startedAt: NOW - ago - 6 * MINUTE,
    finishedAt: NOW - ago,
    who: ownText('dora'),
    reference: null,
    source: 'aws',
    sources: ['aws'],
    url: null,
    waiting: null,
    ...own,
  };
}

export function incident(ago: number, own: Partial<Incident> = {}): Incident {
  return {
    id: 'Q1',
    number: 1,
    title: ownText('5xx above 2%'),
    status: 'triggered',
    urgency: 'high',
    pagerService: { id: 'SCHARGE', name: ownText('charge-central') },
    service: 'charge-central',
    squad: 'billing',
    escalationPolicy: { id: 'EPOWL', name: ownText('Owl') },
    triggeredAt: NOW - ago,
    assignees: [],
    acknowledgedBy: [],
    snoozedUntil: null,
    resolvedAt: null,
    url: null,
    ...own,
  };
}

export function container(own: Partial<Container> = {}): Container {
  return {
    id: ownText('c1'),
    name: ownText('charge-central'),
    image: ownText('registry.example:5000/charge-central:1.0.282'),
    imageDigest: ownText('sha256:aa'),
    state: ownText('running'),
    health: ownText('healthy'),
    restarts: 0,
    exitCode: null,
    outOfMemory: false,
    startedAt: NOW,
    ...own,
  };
}

export function instance(id: string, own: Partial<Instance> = {}): Instance {
  return {
    id: ownText(id),
    zone: ownText('eu-west-1a'),
    address: null,
    lifecycle: ownText('InService'),
    health: ownText('Healthy'),
    launchedAt: NOW,
    traffic: null,
    containers: null,
    containersError: null,
    ...own,
  };
}

export function group(own: Partial<Group> = {}): Group {
  return {
    name: ownText('charge-central-1-0-282-aaaaaa'),
    service: 'charge-central',
    environment: 'prod',
    createdAt: NOW,
    desired: 2,
    min: 1,
    max: 4,
    suspendedProcesses: [],
    front: { balancers: [], unread: null },
    versions: { parameter: null, launch: null, tag: null, running: [] },
    instances: [instance('i-01'), instance('i-02')],
    ...own,
  };
}

export function balancer(own: Partial<Balancer> = {}): Balancer {
  return {
    kind: 'target_group',
    id: ownText('arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/charge-public/aa'),
    name: ownText('charge-public'),
    inUse: true,
    ...own,
  };
}

/** What an image says of the database and the queues that it works with. */
export function labels(database: string, queues: string): ImageLabels {
  return new Map([
    ['oncall.database', ownText(database)],
    ['oncall.queues', ownText(queues)],
    ['maintainer', ownText('billing')],
  ]);
}

let serial = 0;

export function event(status: string, own: Partial<StackEvent> = {}): StackEvent {
  serial += 1;
  return {
    id: `e${serial}`,
    at: NOW,
    resource: ownText('charge-central'),
    resourceType: ownText('AWS::CloudFormation::Stack'),
    status: ownText(status),
    reason: null,
    token: ownText('oncall-sam-m1'),
    ...own,
  };
}

/** A world in which every check passes that can. */
export function facts(own: Partial<RollbackFacts> = {}): RollbackFacts {
  return {
    service,
    environment: 'prod',
    now: NOW,
    stack,
    from: '1.0.283',
    to: '1.0.282',
    wasAsked: false,
    deploys: [deploy('1.0.283', 10 * MINUTE), deploy('1.0.282', 20 * HOUR), deploy('1.0.281', 6 * DAY)],
    image: {
      kind: 'found',
      image: { version: ownText('1.0.282'), digest: ownText('sha256:aabbcc'), pushedAt: NOW - 21 * HOUR },
    },
    fromDigest: 'sha256:ddeeff',
    groups: [group({ desired: 3 })],
    incidents: [incident(4 * MINUTE)],
    history: { kind: 'read', incidents: [incident(4 * MINUTE)] },
    running: { kind: 'read', looked: 3, tried: 3, digests: ['sha256:ddeeff'] },
    labels: { kind: 'read', from: labels('14', '5'), to: labels('14', '5') },
    changes: { kind: 'none' },
    contracts: { kind: 'answered', fits: true, why: 'all contracts are verified' },
    zone: { kind: 'read', trouble: null },
    latest: [],
    first: null,
    pipeline: null,
    preview: {
      kind: 'read',
      name: 'oncall-m1',
      changes: [
        {
          action: ownText('Modify'),
          resource: ownText('Group'),
          resourceType: ownText('AWS::AutoScaling::AutoScalingGroup'),
          replacement: ownText('True'),
        },
      ],
    },
    signals: {
      kind: 'read',
      rule: { count: { parameter: 'DesiredCapacity' }, timeoutMs: 10 * MINUTE, inBatches: false },
    },
    changedSince: [],
    who: 'sam@harbour.example',
    migrationLabels: ['oncall.database', 'oncall.queues'],
    token: 'oncall-sam-m1',
    expectedMs: 6 * MINUTE,
    ...own,
  };
}
