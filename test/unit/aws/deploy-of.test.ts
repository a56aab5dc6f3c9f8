import type { ResourceStatus, StackEvent as VendorEvent } from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { deployOf } from '../../../src/systems/aws/deploy-of.ts';
import { decodeEvent } from '../../../src/systems/aws/stack-events.ts';
import { updatesOf } from '../../../src/systems/aws/updates.ts';

const STACK_ID = 'arn:aws:cloudformation:eu-west-1:1:stack/app/1';
const START = Date.parse('2026-11-17T02:56:17Z');

type Told = [resource: 'stack' | 'launch' | 'group' | 'nested', status: string, more?: Partial<VendorEvent>];

/** A history as DescribeStackEvents gives it, newest first, one second apart, from what happened in order. */
function history(...told: Told[]) {
  const events = told.map(
    ([resource, status, more], index): VendorEvent => ({
      StackId: STACK_ID,
      StackName: 'app',
      EventId: String(index),
      Timestamp: new Date(START + index * 1_000),
      // The SDK's type leaves out the statuses of the stack itself.
      ResourceStatus: status as ResourceStatus,
      ...{
        stack: {
          LogicalResourceId: 'app',
          PhysicalResourceId: STACK_ID,
          ResourceType: 'AWS::CloudFormation::Stack',
        },
        nested: {
          LogicalResourceId: 'Sub',
          PhysicalResourceId: 'arn:x',
          ResourceType: 'AWS::CloudFormation::Stack',
        },
        launch: { LogicalResourceId: 'Launch', ResourceType: 'AWS::EC2::LaunchTemplate' },
        group: { LogicalResourceId: 'Group', ResourceType: 'AWS::AutoScaling::AutoScalingGroup' },
      }[resource],
      ...more,
    }),
  );
  return events.toReversed().flatMap((event) => decodeEvent(event) ?? []);
}

const deploys = (...told: Told[]) => updatesOf(history(...told)).map((update) => deployOf(update, 'app'));

const by = (token: string) => ({ ClientRequestToken: token, ResourceStatusReason: 'User Initiated' });
const launch = (version: string) => ({
  ResourceProperties: JSON.stringify({
    LaunchTemplateData: { UserData: Buffer.from(`IMAGE=r/app:${version}`).toString('base64') },
  }),
});
const tags = (tags: Record<string, string>) => ({
  ResourceProperties: JSON.stringify({
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: 'true' })),
  }),
});

test('a deploy that worked: version, who, build, from the start to the end of the clean-up', () => {
  expect(
    deploys(
      ['stack', 'UPDATE_IN_PROGRESS', by('t1')],
      ['launch', 'UPDATE_IN_PROGRESS', launch('1.0.283')],
      ['group', 'UPDATE_IN_PROGRESS', tags({ 'deployed-by': 'dora', build: '412' })],
      ['stack', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
      ['stack', 'UPDATE_COMPLETE'],
    ),
  ).toEqual([
    {
      version: '1.0.283',
      status: 'succeeded',
      startedAt: START,
      finishedAt: START + 4_000,
      who: 'dora',
      reference: '#412',
    },
  ]);
});

test('until the clean-up is over it is in progress', () => {
  expect(
    deploys(['stack', 'UPDATE_IN_PROGRESS', by('t1')], ['stack', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS']),
  ).toMatchObject([{ version: null, status: 'in_progress', finishedAt: null, who: 'unknown' }]);
});

test('one that failed keeps the version that was tried, not the one that came back', () => {
  expect(
    deploys(
      ['stack', 'UPDATE_IN_PROGRESS', by('t1')],
      ['launch', 'UPDATE_IN_PROGRESS', launch('2')],
      ['group', 'UPDATE_FAILED', { ResourceStatusReason: 'Received 0 SUCCESS signal(s)' }],
      ['stack', 'UPDATE_ROLLBACK_IN_PROGRESS', { ResourceStatusReason: 'The following resource(s) failed' }],
      ['launch', 'UPDATE_IN_PROGRESS', launch('1')],
      ['stack', 'UPDATE_ROLLBACK_COMPLETE'],
    ),
  ).toMatchObject([{ version: '2', status: 'failed' }]);
});

test('one that was cancelled belongs together, although the cancellation has a token of its own', () => {
  const told = deploys(
    ['stack', 'UPDATE_IN_PROGRESS', by('t1')],
    ['launch', 'UPDATE_IN_PROGRESS', launch('2')],
    ['stack', 'UPDATE_ROLLBACK_IN_PROGRESS', by('cancel')],
    ['group', 'UPDATE_FAILED', { ResourceStatusReason: 'Resource update cancelled' }],
    ['stack', 'UPDATE_ROLLBACK_COMPLETE', { ClientRequestToken: 'cancel' }],
  );
  expect(told).toMatchObject([{ version: '2', status: 'cancelled' }]);
});

test('a rollback that got stuck and was continued is still the one deploy that failed', () => {
  const told: Told[] = [
    ['stack', 'UPDATE_IN_PROGRESS', by('t1')],
    ['launch', 'UPDATE_IN_PROGRESS', launch('2')],
    ['stack', 'UPDATE_ROLLBACK_IN_PROGRESS', { ResourceStatusReason: 'The following resource(s) failed' }],
    ['stack', 'UPDATE_ROLLBACK_FAILED'],
    ['stack', 'UPDATE_ROLLBACK_IN_PROGRESS', by('continue')],
  ];
  expect(deploys(...told)).toMatchObject([{ status: 'in_progress' }]);
  expect(deploys(...told, ['stack', 'UPDATE_ROLLBACK_COMPLETE'])).toMatchObject([{ status: 'failed' }]);
});

test('our own rollback names who asked for it, and not the build whose tags it kept', () => {
  const told = deploys(
    ['stack', 'UPDATE_IN_PROGRESS', by('oncall-samokafor-m3k9')],
    ['launch', 'UPDATE_IN_PROGRESS', launch('1')],
    ['group', 'UPDATE_IN_PROGRESS', tags({ 'deployed-by': 'dora', build: '412' })],
  );
  expect(told).toMatchObject([{ who: 'samokafor', reference: null }]);
});

test('several: newest first, a macro is no second deploy, what is cut off at the old end is left out', () => {
  const told = deploys(
    ['launch', 'UPDATE_IN_PROGRESS', launch('0')],
    ['stack', 'UPDATE_COMPLETE'],
    ['stack', 'UPDATE_IN_PROGRESS', by('t1')],
    [
      'stack',
      'UPDATE_IN_PROGRESS',
      { ClientRequestToken: 't1', ResourceStatusReason: 'Transformation succeeded' },
    ],
    ['nested', 'UPDATE_IN_PROGRESS', by('t1')],
    ['nested', 'UPDATE_COMPLETE'],
    ['launch', 'UPDATE_IN_PROGRESS', launch('1')],
    ['stack', 'UPDATE_COMPLETE'],
    ['stack', 'UPDATE_IN_PROGRESS', by('t2')],
    ['launch', 'UPDATE_IN_PROGRESS', launch('2')],
  );
  expect(told.map(({ version, status }) => [version, status])).toEqual([
    ['2', 'in_progress'],
    ['1', 'succeeded'],
  ]);
});

test('a launch configuration tells too; properties that are no JSON tell nothing', () => {
  const configuration = {
    ResourceType: 'AWS::AutoScaling::LaunchConfiguration',
    ResourceProperties: JSON.stringify({ UserData: Buffer.from('IMAGE=r/app:7').toString('base64') }),
  };
  expect(
    deploys(['stack', 'UPDATE_IN_PROGRESS'], ['launch', 'UPDATE_IN_PROGRESS', configuration]),
  ).toMatchObject([{ version: '7' }]);
  const broken = { ResourceProperties: '{"LaunchTemplateData":' };
  expect(deploys(['stack', 'UPDATE_IN_PROGRESS'], ['launch', 'UPDATE_IN_PROGRESS', broken])).toMatchObject([
    { version: null },
  ]);
});
