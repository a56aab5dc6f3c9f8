import { expect, test } from 'vitest';
import { HOUR } from '../../../src/model/instant.ts';
import { decodeActivity } from '../../../src/systems/aws/activities.ts';
import { practised } from './practised.ts';

test('groups of a service with their instances, and the version in three of its four places', async () => {
  const { systems, service, world } = await practised();
  const fleet = await systems.fleet();
  const [group, ...others] = await fleet.groups('prod', [service('charge-central')]);
  expect(others).toEqual([]);
  expect(group).toMatchObject({
    name: expect.stringMatching(/^charge-central-1-0-283-[0-9a-f]{6}$/),
    service: 'charge-central',
    environment: 'prod',
    desired: 3,
    suspendedProcesses: [],
    versions: { parameter: '1.0.283', launch: '1.0.283', tag: '1.0.283', running: [] },
  });
  const told = world.state.instances.filter((instance) => instance.group === group?.name);
  expect(group?.instances.map(({ id, address, zone }) => ({ id, address, zone }))).toEqual(
    told.map(({ id, address, zone }) => ({ id, address, zone })),
  );
  expect(group?.instances[0]).toMatchObject({ lifecycle: 'InService', containers: null });
});

test('a service with a launch configuration tells what boots next too', async () => {
  const { systems, service } = await practised();
  const [group] = await (await systems.fleet()).groups('prod', [service('mailer')]);
  expect(group?.versions.launch).toBe(group?.versions.parameter);
  expect(group?.versions.launch).not.toBeNull();
});

test('all services cost a handful of calls, and what never changes is read once', async () => {
  const { systems, loaded, operations, world } = await practised();
  const fleet = await systems.fleet();
  const groups = await fleet.groups('prod', loaded.catalog.services);
  expect(groups).toHaveLength(world.state.groups.filter(({ environment }) => environment === 'prod').length);
  const count = (operation: string) => operations().filter((one) => one === operation).length;
  expect(count('DescribeAutoScalingGroups')).toBe(1);
  expect(count('DescribeInstances')).toBe(1);
  const templates = count('DescribeLaunchTemplateVersions');
  await fleet.groups('prod', loaded.catalog.services);
  expect(count('DescribeLaunchTemplateVersions')).toBe(templates);
  expect(count('DescribeLaunchConfigurations')).toBe(1);
});

test('the health of every instance of every service is one call', async () => {
  const { systems, loaded, operations, world } = await practised();
  const told = await (await systems.fleet()).health('prod', loaded.catalog.services);
  const known = world.state.instances.filter(({ tags }) => tags.environment === 'prod');
  const shown = ({ service, zone, health }: { service?: string; zone: string; health: string }) =>
    `${service} ${zone} ${health}`;
  expect(told.map(shown).sort()).toEqual(
    known.map(({ tags, zone, health }) => shown({ service: tags.service ?? '', zone, health })).sort(),
  );
  expect(operations()).toEqual(['DescribeAutoScalingGroups']);
});

test('a lifecycle state that we do not know is shown raw, and safe', async () => {
  const { systems, service, world } = await practised();
  const instance = world.state.instances.find(({ group }) => group.startsWith('charge-central-1-0-283'));
  if (instance !== undefined) instance.lifecycle = 'Hibernating:\u202eSoon';
  const [group] = await (await systems.fleet()).groups('prod', [service('charge-central')]);
  expect(group?.instances.map(({ lifecycle }) => lifecycle)).toContain('Hibernating:\ufffdSoon');
});

test('what the role may not read is left out; the rest is shown', async () => {
  const { systems, service, fault } = await practised();
  fault('DescribeStacks', 'status', { status: 403 });
  fault('DescribeLaunchTemplateVersions', 'status', { status: 403 });
  const [group] = await (await systems.fleet()).groups('prod', [service('charge-central')]);
  expect(group?.versions).toMatchObject({ parameter: null, launch: null, tag: '1.0.283' });
  expect(group?.instances).toHaveLength(3);
});

test('a service that is not in that environment costs nothing', async () => {
  const { systems, service, operations } = await practised();
  const groups = await (await systems.fleet()).groups('prod', [{ ...service('mailer'), in: {} }]);
  expect(groups).toEqual([]);
  expect(operations()).toEqual([]);
});

test('who came and went is told of groups that are gone too, and only since the time asked for', async () => {
  const { systems, service, world, operations } = await practised();
  const charge = service('charge-central');
  const since = world.now() - 2 * HOUR;
  const updates = await (await systems.deployer()).updatesSince(charge, 'prod', since);
  const [update] = updates;
  expect(updates).toHaveLength(1);
  expect(update?.newGroup).toMatch(/^charge-central-1-0-283-/);
  expect(update?.oldGroup).toMatch(/^charge-central-1-0-282-/);
  expect(world.state.groups.map(({ name }) => name)).not.toContain(update?.oldGroup);
  const groups = [update?.oldGroup ?? '', update?.newGroup ?? '', 'charge-central-long-gone'];
  const fleet = await systems.fleet();
  const { activities, complete } = await fleet.activities('prod', groups, since);
  expect(complete).toBe(true);
  expect(activities.map(({ kind, group, result }) => [kind, group, result])).toEqual([
    ...Array.from({ length: 3 }, () => ['launch', update?.newGroup, 'done']),
    ...Array.from({ length: 3 }, () => ['end', update?.oldGroup, 'done']),
  ]);
  const ids = world.state.instances.filter(({ group }) => group === update?.newGroup).map(({ id }) => id);
  expect(activities.slice(0, 3).map(({ instance }) => instance)).toEqual(ids);
  expect(operations().filter((one) => one === 'DescribeScalingActivities')).toHaveLength(3);
  expect((await fleet.activities('prod', groups, world.now())).activities).toEqual([]);
});

test('more pages than are read: the newest are told, and that there are more', async () => {
  const { systems, world } = await practised();
  const group = world.state.groups[0]?.name ?? '';
  const [one] = world.state.activities.filter((activity) => activity.group === group);
  if (one === undefined) throw new Error('no activity');
  for (let index = 0; index < 600; index++) {
    world.state.activities.push({ ...one, id: `storm-${index}`, startedAt: world.now() - 1_000 + index });
  }
  const { activities, complete } = await (await systems.fleet()).activities(
    'prod',
    [group],
    world.now() - HOUR,
  );
  expect({ complete, read: activities.length }).toEqual({ complete: false, read: 500 });
});

// The sentences of https://docs.aws.amazon.com/autoscaling/ec2/userguide/replace-unhealthy-instance.html
test.each([
  [
    'Terminating EC2 instance: i-0123456789abcdef0',
    'At 2026-11-17T03:05:11Z an instance was taken out of service in response to an ELB system health check failure.',
    { kind: 'end', why: 'ELB system health check failure', failedHealthCheck: true },
  ],
  [
    'Terminating EC2 instance: i-0123456789abcdef0 - Waiting For ELB Connection Draining.',
    'At 2026-11-17T03:05:11Z an instance was taken out of service in response to a EC2 health check indicating it has been terminated or stopped.',
    {
      kind: 'end',
      why: 'EC2 health check indicating it has been terminated or stopped',
      failedHealthCheck: true,
    },
  ],
  [
    'Launching a new EC2 instance: i-0123456789abcdef0',
    'At 2026-11-17T03:05:11Z a monitor alarm cpu-high in state ALARM triggered policy out changing the desired capacity from 3 to 4.  At 2026-11-17T03:05:20Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 3 to 4.',
    {
      kind: 'launch',
      why: 'monitor alarm cpu-high in state ALARM triggered policy out changing the desired capacity from 3 to 4',
      failedHealthCheck: false,
    },
  ],
  [
    'Terminating EC2 instance: i-0123456789abcdef0',
    'At 2026-11-17T03:05:11Z a user request update of AutoScalingGroup constraints to min: 0, max: 0, desired: 0 changing the desired capacity from 3 to 0.',
    { kind: 'end', why: null, failedHealthCheck: false },
  ],
])('why: %s', (Description, Cause, wanted) => {
  const activity = decodeActivity({
    ActivityId: 'a',
    AutoScalingGroupName: 'g',
    StartTime: new Date(0),
    StatusCode: 'InProgress',
    Description,
    Cause,
  });
  expect(activity).toMatchObject({ ...wanted, instance: 'i-0123456789abcdef0', result: 'under_way' });
});

test('a launch that failed tells why, and names no instance', () => {
  const activity = decodeActivity({
    ActivityId: 'a',
    AutoScalingGroupName: 'g',
    StartTime: new Date(0),
    StatusCode: 'Failed',
    Description: 'Launching a new EC2 instance.  Status Reason:',
    StatusMessage: 'We currently do not have sufficient m7i.large capacity in eu-west-1a.',
    Cause: '',
  });
  expect(activity).toMatchObject({ kind: 'launch', instance: null, result: 'failed' });
  expect(activity?.text).toContain('sufficient m7i.large capacity');
});
