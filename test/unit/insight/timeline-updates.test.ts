import { expect, test } from 'vitest';
import type { TimelineFacts } from '../../../src/insight/timeline/facts.ts';
import { instanceEvents } from '../../../src/insight/timeline/instances.ts';
import { stepsOf } from '../../../src/insight/timeline/steps.ts';
import { timeline } from '../../../src/insight/timeline/timeline.ts';
import type { ScalingActivity } from '../../../src/model/fleet.ts';
import type { ChangeRecord } from '../../../src/model/incident.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/instant.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import type { StackEvent, StackUpdate } from '../../../src/model/stack.ts';
import { deploy, incident, NOW } from './cast.ts';

const STACK = 'AWS::CloudFormation::Stack';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const TOKEN = 'oncall-sam-m3k9';

/** One event a second, from NOW on. */
function update(
  token: string | null,
  ...told: readonly (readonly [type: string, status: string, reason?: string, token?: string])[]
): StackUpdate {
  const events = told.map(([type, status, reason, own], index): StackEvent => {
    const carried = own ?? token;
    return {
      id: `${index}`,
      at: NOW + index * SECOND,
      resource: ownText(type === STACK ? 'charge-central' : 'Group'),
      resourceType: ownText(type),
      status: ownText(status),
      reason: reason === undefined ? null : ownText(reason),
      token: carried === null ? null : ownText(carried),
    };
  });
  return { events, newGroup: ownText('new-1'), oldGroup: ownText('old-1') };
}

const BEGUN = [STACK, 'UPDATE_IN_PROGRESS', 'User Initiated'] as const;
const MADE = [GROUP, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated'] as const;
const signal = (kind: string, instance: string) =>
  [GROUP, 'UPDATE_IN_PROGRESS', `Received ${kind} signal with UniqueId ${instance}`] as const;
const BACK = [STACK, 'UPDATE_ROLLBACK_IN_PROGRESS'] as const;

const steps = (of: StackUpdate) =>
  stepsOf(of, 'dora', 'cloudformation').map(({ kind, who, text }) => `${kind} by ${who}: ${text}`);

test.each<[string, StackUpdate, readonly string[]]>([
  [
    'to its end',
    update(
      TOKEN,
      BEGUN,
      MADE,
      signal('SUCCESS', 'i-1'),
      signal('SUCCESS', 'i-2'),
      [STACK, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
      [GROUP, 'DELETE_IN_PROGRESS'],
      [GROUP, 'DELETE_COMPLETE'],
      [STACK, 'UPDATE_COMPLETE'],
    ),
    [
      'group_made by sam: New group new-1 is made',
      'switched by sam: new-1 serves alone from here on; old-1 goes',
      'group_deleted by sam: old-1 is deleted',
      'signals by sam: 2 instances of the new group signalled that they are well',
    ],
  ],
  [
    'taken back, with the reason; a signal of failure counts',
    update(
      null,
      BEGUN,
      MADE,
      signal('FAILURE', 'i-1'),
      [GROUP, 'UPDATE_FAILED', 'Received 1 FAILURE signal(s) out of 3'],
      [...BACK, 'The following resource(s) failed to update: [Group].'],
      [GROUP, 'DELETE_COMPLETE'],
      [STACK, 'UPDATE_ROLLBACK_COMPLETE'],
    ),
    [
      'group_made by dora: New group new-1 is made',
      'taken_back by dora: The update is taken back: Group: Received 1 FAILURE signal(s) out of 3.',
      'group_deleted by dora: new-1 is deleted again',
      'signals by dora: 0 instances of the new group signalled that they are well, 1 that they are not',
    ],
  ],
  [
    'cancelled by another one',
    update(null, BEGUN, MADE, [...BACK, 'Stack update cancelled', 'oncall-mei-x1']),
    [
      'group_made by dora: New group new-1 is made',
      'taken_back by mei: The update is taken back: mei cancelled it',
    ],
  ],
  [
    'cancelled in the console',
    update(null, BEGUN, [...BACK, 'User Initiated']),
    ['taken_back by dora: The update is taken back: somebody cancelled it'],
  ],
  [
    'stuck, and continued',
    update(
      null,
      BEGUN,
      [...BACK, 'The following resource(s) failed to update: [Group].'],
      [GROUP, 'UPDATE_FAILED', 'Internal Failure'],
      [STACK, 'UPDATE_ROLLBACK_FAILED', 'The following resource(s) failed to update: [Group].'],
      [...BACK, 'User Initiated', 'oncall-mei-x2'],
    ),
    [
      'taken_back by dora: The update is taken back: Group: Internal Failure.',
      'rollback_stuck by dora: The stack is stuck: Group: Internal Failure.',
      'continued by mei: The stuck rollback of the stack goes on',
    ],
  ],
  ['nothing yet', update(null, BEGUN), []],
])('the steps of an update: %s', (_name, of, wanted) => {
  expect(steps(of)).toEqual(wanted);
});

function activity(seconds: number, own: Partial<ScalingActivity> = {}): ScalingActivity {
  return {
    group: ownText('g-1'),
    kind: 'launch',
    instance: ownText(`i-${seconds}`),
    startedAt: NOW + seconds * SECOND,
    result: 'done',
    text: ownText('Launching'),
    why: null,
    failedHealthCheck: false,
    ...own,
  };
}

const unwell = {
  kind: 'end',
  why: ownText('ELB system health check failure'),
  failedHealthCheck: true,
} as const;

test.each<[string, readonly ScalingActivity[], readonly string[]]>([
  ['one is named', [activity(0)], ['launch: i-0 launched in g-1']],
  [
    'many at once are one line',
    [0, 3, 6, 100].map((at) => activity(at)),
    ['launch: 4 instances launched in g-1'],
  ],
  [
    'later ones are another line, and so are those of another group',
    [activity(0), activity(1), activity(2, { group: ownText('g-2') }), activity(200)],
    ['launch: 2 instances launched in g-1', 'launch: i-2 launched in g-2', 'launch: i-200 launched in g-1'],
  ],
  [
    'a few that were unwell are named, with the cause',
    [activity(0, unwell), activity(4, unwell)],
    ['unhealthy: i-0, i-4 ended in g-1: ELB system health check failure'],
  ],
  [
    'many that were unwell are counted',
    [0, 1, 2, 3].map((at) => activity(at, unwell)),
    ['unhealthy: 4 instances ended in g-1: ELB system health check failure'],
  ],
  ['not done yet', [activity(0, { result: 'under_way' })], ['launch: i-0 being launched in g-1']],
  [
    'no room at the provider',
    [0, 9].map((at) => activity(at, { result: 'failed', instance: null, text: ownText('no capacity') })),
    ['launch_failed: Launch failed in g-1: no capacity (2 times)'],
  ],
])('instances: %s', (_name, activities, wanted) => {
  expect(instanceEvents(activities).map(({ kind, text }) => `${kind}: ${text}`)).toEqual(wanted);
});

const FACTS: TimelineFacts = {
  incident: incident('Q1'),
  log: [],
  notes: [],
  deploys: [],
  updates: [],
  activities: [],
  changes: [],
  intents: [],
  onset: null,
  calm: null,
  marks: [],
};
const kinds = (facts: Partial<TimelineFacts>) => timeline({ ...FACTS, ...facts }).map(({ kind }) => kind);

test('an update that set no version is told with its ends; one that is a deploy is not told twice', () => {
  const of = update(null, BEGUN, [STACK, 'UPDATE_COMPLETE']);
  expect(kinds({ updates: [of] })).toEqual(['update_start', 'update_end']);
  expect(kinds({ updates: [of], deploys: [deploy('2', NOW, NOW + SECOND)] })).toEqual([
    'deploy_start',
    'deploy_end',
  ]);
});

function change(
  at: number,
  summary: string,
  ...details: readonly (readonly [string, string])[]
): ChangeRecord {
  return {
    id: 'C1',
    at,
    summary: ownText(summary),
    source: ownText('buildkite'),
    details: details.map(([name, value]) => [ownText(name), ownText(value)]),
    url: ownText('https://ci.example/412'),
  };
}

const landed = deploy('1.0.283', NOW - 16 * MINUTE, NOW - 10 * MINUTE);

test.each<[string, ChangeRecord, boolean]>([
  ['the same deploy', change(NOW - 10 * MINUTE, 'charge-central 1.0.283 deployed to prod'), false],
  ['its version among the details', change(NOW - 9 * MINUTE, 'deployed', ['version', '1.0.283']), false],
  ['another environment', change(NOW - 10 * MINUTE, '1.0.283 deployed', ['environment', 'test']), true],
  ['another version', change(NOW - 10 * MINUTE, 'charge-central 1.0.2831 deployed'), true],
  ['another time', change(NOW - 40 * MINUTE, '1.0.283 deployed'), true],
  ['a feature flag', change(NOW - 12 * MINUTE, 'flag new-checkout on'), true],
  ['too long ago', change(NOW - 9 * HOUR, 'flag new-checkout on'), false],
])('a change that PagerDuty was told of: %s', (_name, each, told) => {
  expect(kinds({ deploys: [landed], changes: [each] }).includes('change')).toBe(told);
});

test('a deploy without a page takes the pipeline’s link; what no pipeline did takes none', () => {
  const changes = [change(NOW - 10 * MINUTE, '1.0.283 deployed')];
  const links = (reference: typeof landed.reference) =>
    timeline({ ...FACTS, deploys: [{ ...landed, reference }], changes }).map(({ url }) => url);
  expect(links(landed.reference)).toEqual(['https://ci.example/412', 'https://ci.example/412']);
  expect(links(null)).toEqual([null, null]);
});
