import {
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeLaunchConfigurationsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScheduledActionsCommand,
  paginateDescribeAutoScalingGroups,
  paginateDescribeAutoScalingInstances,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { practiceAws, refusal } from './practice-aws.ts';

const CHARGE_CENTRAL = [
  { Name: 'tag:service', Values: ['charge-central'] },
  { Name: 'tag:environment', Values: ['prod'] },
];

test('groups come 50 a page, at most 100, and all of them in the end', async () => {
  const { autoScaling, world } = await practiceAws();
  const first = await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
  expect(first.AutoScalingGroups).toHaveLength(50);
  const names: (string | undefined)[] = [];
  for await (const page of paginateDescribeAutoScalingGroups({ client: autoScaling, pageSize: 100 }, {})) {
    names.push(...(page.AutoScalingGroups ?? []).map((group) => group.AutoScalingGroupName));
  }
  expect(names).toEqual(world.state.groups.map((group) => group.name));
  const tooMany = new DescribeAutoScalingGroupsCommand({ MaxRecords: 101 });
  expect(await refusal(autoScaling.send(tooMany))).toMatchObject({ name: 'ValidationError', status: 400 });
  const stranger = new DescribeAutoScalingGroupsCommand({ NextToken: 'mine' });
  expect(await refusal(autoScaling.send(stranger))).toMatchObject({
    name: expect.stringMatching(/^InvalidNextToken/),
  });
});

test('a group tells its version, its instances and the stack it belongs to', async () => {
  const { autoScaling } = await practiceAws();
  const { AutoScalingGroups: groups = [] } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ Filters: CHARGE_CENTRAL }),
  );
  expect(groups).toHaveLength(1);
  const [group] = groups;
  expect(group?.AutoScalingGroupName).toMatch(/^charge-central-1-0-283-[0-9a-f]{6}$/);
  expect(group?.LaunchTemplate?.LaunchTemplateId).toMatch(/^lt-0[0-9a-f]{16}$/);
  const tags = Object.fromEntries((group?.Tags ?? []).map(({ Key = '', Value }) => [Key, Value]));
  expect(tags).toMatchObject({
    version: '1.0.283',
    'deployed-by': 'dora',
    build: '412',
    'aws:cloudformation:stack-name': 'charge-central',
  });
  expect(group?.Instances).toHaveLength(3);
  expect(group?.Instances?.map(({ LifecycleState }) => LifecycleState)).toEqual(Array(3).fill('InService'));
});

test('a filter that does not exist is refused', async () => {
  const { autoScaling } = await practiceAws();
  const wrong = new DescribeAutoScalingGroupsCommand({ Filters: [{ Name: 'colour', Values: ['red'] }] });
  expect(await refusal(autoScaling.send(wrong))).toMatchObject({ name: 'ValidationError' });
});

test('instances of all groups, paged', async () => {
  const { autoScaling, world } = await practiceAws();
  const ids: (string | undefined)[] = [];
  for await (const page of paginateDescribeAutoScalingInstances({ client: autoScaling }, {})) {
    expect(page.AutoScalingInstances?.length).toBeLessThanOrEqual(50);
    ids.push(...(page.AutoScalingInstances ?? []).map((instance) => instance.InstanceId));
  }
  expect(ids).toEqual(world.state.instances.map(({ id }) => id));
  const unknown = new DescribeAutoScalingInstancesCommand({ InstanceIds: ['i-00000000000000000'] });
  expect((await autoScaling.send(unknown)).AutoScalingInstances).toEqual([]);
});

test('mailer still has a launch configuration, the others have templates', async () => {
  const { autoScaling, ec2, world } = await practiceAws();
  const { LaunchConfigurations: old = [] } = await autoScaling.send(
    new DescribeLaunchConfigurationsCommand({}),
  );
  expect(old.map(({ LaunchConfigurationName }) => LaunchConfigurationName?.slice(0, 6))).toEqual([
    'mailer',
    'mailer',
  ]);
  expect(decoded(old[0]?.UserData)).toMatch(/^IMAGE=.*\/mailer:\d/m);
  const { LaunchTemplates: templates = [] } = await ec2.send(new DescribeLaunchTemplatesCommand({}));
  expect(templates).toHaveLength(world.state.launchTemplates.length - old.length);
});

test('the user data of a launch template names the image', async () => {
  const { ec2, world } = await practiceAws();
  const group = world.state.groups.find(
    ({ service, environment }) => service === 'charge-central' && environment === 'prod',
  );
  const { LaunchTemplateVersions: versions = [] } = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({
      LaunchTemplateId: group?.launchTemplate ?? '',
      Versions: ['$Latest'],
    }),
  );
  expect(decoded(versions[0]?.LaunchTemplateData?.UserData)).toContain(
    'IMAGE=210987654321.dkr.ecr.eu-west-1.amazonaws.com/charge-central:1.0.283\n',
  );
  const all = await ec2.send(new DescribeLaunchTemplateVersionsCommand({ Versions: ['$Latest'] }));
  expect(all.LaunchTemplateVersions?.length).toBeGreaterThan(50);
  const unknown = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: 'lt-00000000000000000' });
  expect(await refusal(ec2.send(unknown))).toMatchObject({ name: 'InvalidLaunchTemplateId.NotFound' });
});

test('instances by id and by filter, and an unknown one refused', async () => {
  const { ec2, world } = await practiceAws();
  const wanted = world.state.instances.slice(0, 3).map(({ id }) => id);
  const byId = await ec2.send(new DescribeInstancesCommand({ InstanceIds: wanted }));
  const found = (byId.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []);
  expect(found.map(({ InstanceId }) => InstanceId)).toEqual(wanted);
  expect(found[0]).toMatchObject({
    PrivateIpAddress: world.state.instances[0]?.address,
    State: { Name: 'running' },
    LaunchTime: new Date(world.state.instances[0]?.launchedAt ?? 0),
  });
  const byTag = await ec2.send(
    new DescribeInstancesCommand({
      Filters: [
        { Name: 'tag:service', Values: ['charge-*'] },
        { Name: 'instance-state-name', Values: ['running'] },
      ],
    }),
  );
  expect(byTag.Reservations).toHaveLength(4);
  const unknown = new DescribeInstancesCommand({ InstanceIds: ['i-00000000000000000'] });
  expect(await refusal(ec2.send(unknown))).toEqual({
    name: 'InvalidInstanceID.NotFound',
    status: 400,
    message: "The instance ID 'i-00000000000000000' does not exist",
  });
});

test('instances are paged by EC2’s own token', async () => {
  const { ec2, world } = await practiceAws();
  const first = await ec2.send(new DescribeInstancesCommand({ MaxResults: 60 }));
  expect(first.Reservations).toHaveLength(60);
  const rest = await ec2.send(
    new DescribeInstancesCommand({ MaxResults: 60, NextToken: first.NextToken ?? '' }),
  );
  expect(rest.Reservations).toHaveLength(world.state.instances.length - 60);
  expect(rest.NextToken).toBeUndefined();
});

test('every group has its two scheduled actions and its launches', async () => {
  const { autoScaling, world } = await practiceAws();
  const AutoScalingGroupName = world.state.groups[0]?.name ?? '';
  const { ScheduledUpdateGroupActions: actions = [] } = await autoScaling.send(
    new DescribeScheduledActionsCommand({ AutoScalingGroupName }),
  );
  expect(actions.map(({ Recurrence }) => Recurrence)).toEqual(['0 6 * * 1-5', '0 22 * * 1-5']);
  expect(actions[0]?.StartTime?.toISOString()).toBe('2026-11-17T06:00:00.000Z');
  const { Activities: activities = [] } = await autoScaling.send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName }),
  );
  expect(activities[0]?.Description).toMatch(/^Launching a new EC2 instance: i-/);
  expect(activities[0]?.AutoScalingGroupState).toBe('InService');
  const deleted = world.state.activities.findLast(({ kind }) => kind === 'terminate')?.group ?? '';
  const gone = new DescribeScalingActivitiesCommand({ AutoScalingGroupName: deleted });
  expect(await refusal(autoScaling.send(gone))).toMatchObject({ name: 'ValidationError' });
  const remembered = await autoScaling.send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName: deleted, IncludeDeletedGroups: true }),
  );
  expect(remembered.Activities?.[0]).toMatchObject({
    AutoScalingGroupState: 'Deleted',
    Description: expect.stringMatching(/^Terminating EC2 instance: i-/),
  });
  const unknown = new DescribeScalingActivitiesCommand({ AutoScalingGroupName: 'nobody' });
  expect(await refusal(autoScaling.send(unknown))).toMatchObject({ name: 'ValidationError' });
});

function decoded(userData: string | undefined): string {
  return Buffer.from(userData ?? '', 'base64').toString('utf8');
}
