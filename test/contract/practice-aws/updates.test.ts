import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import type { StackFaults } from '../../../src/practice/world/stacks.ts';
import { type PracticeAws, practiceAws, refusal, stackIn } from './practice-aws.ts';

const STACK = 'charge-central';

test('an update runs event by event to its end: new group, signals, old group gone', async () => {
  const aws = await practiceAws();
  const { world, cloudFormation } = aws;
  const before = fleet(aws);
  const from = world.now();
  await cloudFormation.send(new UpdateStackCommand(imageTag('1.0.282', 'undo-1')));
  expect(await statusOf(aws)).toBe('UPDATE_IN_PROGRESS');

  world.advance(60);
  const during = fleet(aws);
  expect(during.groups).toHaveLength(2);
  expect(during.groups[0]).toBe(before.groups[0]);
  expect(during.instances.filter(({ lifecycle }) => lifecycle === 'InService')).toHaveLength(6);
  expect(world.state.containers.filter(({ instance }) => instance === during.instances[3]?.id)).toHaveLength(
    5,
  );
  expect(healthOf(aws, during.instances[3]?.id)).toBe('starting');

  for (let step = 0; step < 60 && stackIn(world, STACK).update !== null; step++) world.advance(10);
  expect(await statusOf(aws)).toBe('UPDATE_COMPLETE');
  const after = fleet(aws);
  expect(after.groups).toEqual([during.groups[1]]);
  expect(after.instances.map(({ tags }) => tags.version)).toEqual(['1.0.282', '1.0.282', '1.0.282']);
  expect(after.instances.map(({ id }) => healthOf(aws, id))).toEqual(['healthy', 'healthy', 'healthy']);
  expect(world.state.containers.some(({ instance }) => instance === before.instances[0]?.id)).toBe(false);

  const events = await eventsOf(aws, 'undo-1');
  expect(events.map(told)).toEqual([
    'charge-central UPDATE_IN_PROGRESS User Initiated',
    'LaunchTemplate UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
    'LaunchTemplate UPDATE_IN_PROGRESS Resource creation Initiated',
    'LaunchTemplate UPDATE_COMPLETE',
    'AutoScalingGroup UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
    'AutoScalingGroup UPDATE_IN_PROGRESS Resource creation Initiated',
    ...after.instances.map(
      ({ id }) => `AutoScalingGroup UPDATE_IN_PROGRESS Received SUCCESS signal with UniqueId ${id}`,
    ),
    'AutoScalingGroup UPDATE_COMPLETE',
    'ScaleUpMorning UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
    'ScaleDownNight UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
    'ScaleUpMorning UPDATE_IN_PROGRESS Resource creation Initiated',
    'ScaleDownNight UPDATE_IN_PROGRESS Resource creation Initiated',
    'ScaleUpMorning UPDATE_COMPLETE',
    'ScaleDownNight UPDATE_COMPLETE',
    'charge-central UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'ScaleUpMorning DELETE_IN_PROGRESS',
    'ScaleDownNight DELETE_IN_PROGRESS',
    'ScaleUpMorning DELETE_COMPLETE',
    'ScaleDownNight DELETE_COMPLETE',
    'AutoScalingGroup DELETE_IN_PROGRESS',
    'AutoScalingGroup DELETE_COMPLETE',
    'LaunchTemplate DELETE_IN_PROGRESS',
    'LaunchTemplate DELETE_COMPLETE',
    'charge-central UPDATE_COMPLETE',
  ]);
  const lasted = (events.at(-1)?.Timestamp?.getTime() ?? 0) - from;
  expect(lasted / 60_000).toBeGreaterThan(5);
  expect(lasted / 60_000).toBeLessThan(7);
  expect(world.state.deploys.at(-1)).toMatchObject({
    version: '1.0.282',
    status: 'succeeded',
    who: 'sam',
    token: 'undo-1',
  });
});

test('an image that does not start: signals time out, the rollback keeps the old group serving', async () => {
  const faults: StackFaults = {
    failsAtStart: (_, version) => version === '1.0.282',
    failsRollback: () => false,
  };
  const aws = await practiceAws({ faults });
  const { world, cloudFormation } = aws;
  const before = fleet(aws);
  await cloudFormation.send(new UpdateStackCommand(imageTag('1.0.282', 'bad-1')));
  world.advance(300);
  const failing = fleet(aws).instances[3]?.id;
  const container = world.state.containers.find(
    ({ instance, name }) => instance === failing && name === STACK,
  );
  expect(container).toMatchObject({ state: 'restarting', health: 'unhealthy', exitCode: 1 });
  expect(container?.restarts).toBeGreaterThan(2);

  world.advance(320);
  expect(await statusOf(aws)).toMatch(/^UPDATE_ROLLBACK_/);
  expect(stackIn(world, STACK).parameters.ImageTag).toBe('1.0.283');
  world.advance(120);
  expect(await statusOf(aws)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(fleet(aws)).toEqual(before);
  expect(world.state.deploys.at(-1)).toMatchObject({ status: 'failed', finishedAt: expect.any(Number) });
  const lines = (await eventsOf(aws, 'bad-1')).map(told);
  expect(lines).toContain(
    'AutoScalingGroup UPDATE_FAILED Failed to receive 3 resource signal(s) within the specified duration',
  );
  expect(lines).toContain(
    'charge-central UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [AutoScalingGroup]. ',
  );
  expect(lines.some((line) => line.includes('SUCCESS'))).toBe(false);
});

test('an image that the registry does not have never starts', async () => {
  const aws = await practiceAws();
  await aws.cloudFormation.send(new UpdateStackCommand(imageTag('9.9.9', 'gone-1')));
  aws.world.advance(12 * 60 + 30);
  expect(await statusOf(aws)).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('cancelling rolls back; only an update in progress can be cancelled', async () => {
  const aws = await practiceAws();
  const { world, cloudFormation } = aws;
  const before = fleet(aws);
  const cancel = new CancelUpdateStackCommand({ StackName: STACK, ClientRequestToken: 'stop-1' });
  const refused = {
    name: 'ValidationError',
    status: 400,
    message: 'CancelUpdateStack cannot be called from current stack status',
  };
  expect(await refusal(cloudFormation.send(cancel))).toEqual(refused);
  await cloudFormation.send(new UpdateStackCommand(imageTag('1.0.282', 'undo-2')));
  world.advance(100);
  await cloudFormation.send(cancel);
  expect(await statusOf(aws)).toBe('UPDATE_ROLLBACK_IN_PROGRESS');
  expect(await refusal(cloudFormation.send(cancel))).toEqual(refused);
  world.advance(120);
  expect(await statusOf(aws)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(fleet(aws)).toEqual(before);
  expect(world.state.deploys.at(-1)?.status).toBe('cancelled');
  expect((await eventsOf(aws, 'stop-1')).map(told)).toContain(
    'AutoScalingGroup UPDATE_FAILED Resource update cancelled',
  );
});

test('cancelled before anything was made, nothing is told to be deleted', async () => {
  const aws = await practiceAws();
  await aws.cloudFormation.send(new UpdateStackCommand(imageTag('1.0.282', 'undo-3')));
  await aws.cloudFormation.send(new CancelUpdateStackCommand({ StackName: STACK }));
  aws.world.advance(120);
  expect(await statusOf(aws)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await eventsOf(aws, 'undo-3')).map(told).filter((line) => line.includes('DELETE'))).toEqual([]);
});

test('clean-up can be neither cancelled nor updated', async () => {
  const aws = await practiceAws();
  await aws.cloudFormation.send(new UpdateStackCommand(imageTag('1.0.282', 'undo-4')));
  aws.world.advance(280);
  expect(await statusOf(aws)).toBe('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  const cancel = new CancelUpdateStackCommand({ StackName: STACK });
  expect(await refusal(aws.cloudFormation.send(cancel))).toMatchObject({ name: 'ValidationError' });
  const again = new UpdateStackCommand(imageTag('1.0.281', 'undo-5'));
  const { id } = stackIn(aws.world, STACK);
  expect(await refusal(aws.cloudFormation.send(again))).toMatchObject({
    message: `Stack:${id} is in UPDATE_COMPLETE_CLEANUP_IN_PROGRESS state and can not be updated.`,
  });
});

test('a rollback that fails is continued, and only then', async () => {
  const faults: StackFaults = { failsAtStart: () => true, failsRollback: () => true };
  const aws = await practiceAws({ faults });
  const { cloudFormation, world } = aws;
  const before = fleet(aws);
  const go = new ContinueUpdateRollbackCommand({ StackName: STACK, ClientRequestToken: 'go-1' });
  expect(await refusal(cloudFormation.send(go))).toMatchObject({ name: 'ValidationError' });
  await cloudFormation.send(new UpdateStackCommand(imageTag('1.0.282', 'bad-2')));
  world.advance(660);
  expect(await statusOf(aws)).toBe('UPDATE_ROLLBACK_FAILED');
  const again = new UpdateStackCommand(imageTag('1.0.281', 'undo-6'));
  expect(await refusal(cloudFormation.send(again))).toMatchObject({
    message: expect.stringContaining('is in UPDATE_ROLLBACK_FAILED state and can not be updated.'),
  });
  await cloudFormation.send(go);
  world.advance(120);
  expect(await statusOf(aws)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(fleet(aws)).toEqual(before);
});

test('an update that changes nothing, or asks for what is not there, is refused', async () => {
  const { cloudFormation } = await practiceAws();
  const refused = async (input: Partial<UpdateStackCommandInput>) =>
    (await refusal(cloudFormation.send(new UpdateStackCommand({ ...imageTag('1.0.283', 'x'), ...input }))))
      .message;
  expect(await refused({})).toBe('No updates are to be performed.');
  expect(await refused({ Parameters: [{ ParameterKey: 'Colour', ParameterValue: 'red' }] })).toBe(
    'Parameters: [Colour] do not exist in the template',
  );
  expect(await refused({ Parameters: [] })).toBe(
    'Parameters: [ImageTag, DeployedBy, BuildNumber, DbPassword] must have values',
  );
  expect(await refused({ Capabilities: [] })).toBe('Requires capabilities : [CAPABILITY_IAM]');
  expect(await refused({ UsePreviousTemplate: false })).toBe(
    'Either Template URL or Template Body must be specified.',
  );
  expect(await refused({ UsePreviousTemplate: false, TemplateBody: 'no' })).toBe(
    'Template format error: unsupported structure.',
  );
});

test('a token is good for one update', async () => {
  const { cloudFormation, world } = await practiceAws();
  await cloudFormation.send(new UpdateStackCommand(imageTag('1.0.282', 'once')));
  world.advance(600);
  const again = new UpdateStackCommand(imageTag('1.0.281', 'once'));
  expect(await refusal(cloudFormation.send(again))).toMatchObject({ name: 'TokenAlreadyExistsException' });
});

function imageTag(version: string, token: string): UpdateStackCommandInput {
  const kept = ['DesiredCapacity', 'DeployedBy', 'BuildNumber', 'DbPassword'];
  return {
    StackName: STACK,
    UsePreviousTemplate: true,
    Capabilities: ['CAPABILITY_IAM'],
    ClientRequestToken: token,
    Parameters: [
      { ParameterKey: 'ImageTag', ParameterValue: version },
      ...kept.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
    ],
  };
}

/** A copy: what the world changes later does not change it. */
function fleet({ world }: PracticeAws) {
  const mine = ({ service, environment }: { service: string; environment: string }) =>
    service === STACK && environment === 'prod';
  const groups = world.state.groups.filter(mine).map(({ name }) => name);
  const instances = world.state.instances.filter(({ group }) => groups.includes(group));
  return { groups, instances: structuredClone(instances) };
}

function healthOf({ world }: PracticeAws, instance: string | undefined) {
  return world.state.containers.find(
    (container) => container.instance === instance && container.name === STACK,
  )?.health;
}

async function statusOf({ cloudFormation }: PracticeAws) {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
  return Stacks?.[0]?.StackStatus;
}

/** Events that carry the token, oldest first. */
async function eventsOf({ cloudFormation }: PracticeAws, token: string) {
  const { StackEvents = [] } = await cloudFormation.send(
    new DescribeStackEventsCommand({ StackName: STACK }),
  );
  return StackEvents.filter(({ ClientRequestToken }) => ClientRequestToken === token).reverse();
}

function told(event: {
  LogicalResourceId?: string | undefined;
  ResourceStatus?: string | undefined;
  ResourceStatusReason?: string | undefined;
}): string {
  const { LogicalResourceId, ResourceStatus, ResourceStatusReason } = event;
  return [LogicalResourceId, ResourceStatus, ResourceStatusReason]
    .filter((part) => part !== undefined)
    .join(' ');
}
