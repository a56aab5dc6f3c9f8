import {
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListStackResourcesCommand,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { practiceAws, refusal, stackIn } from './practice-aws.ts';

test('a stack as it stands, its secret parameter not shown', async () => {
  const { cloudFormation, world } = await practiceAws();
  const { Stacks: [stack] = [] } = await cloudFormation.send(
    new DescribeStacksCommand({ StackName: 'charge-central' }),
  );
  expect(stack).toMatchObject({
    StackName: 'charge-central',
    StackStatus: 'UPDATE_COMPLETE',
    Capabilities: ['CAPABILITY_IAM'],
    RoleARN: 'arn:aws:iam::210987654321:role/deploy-prod',
    LastUpdatedTime: new Date('2026-11-17T02:56:17Z'),
  });
  const parameters = Object.fromEntries(
    (stack?.Parameters ?? []).map(({ ParameterKey = '', ParameterValue }) => [ParameterKey, ParameterValue]),
  );
  expect(parameters).toMatchObject({ ImageTag: '1.0.283', DeployedBy: 'dora', DbPassword: '****' });
  expect(stackIn(world, 'charge-central').parameters.DbPassword).not.toBe('****');
  const byId = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack?.StackId ?? '' }));
  expect(byId.Stacks?.[0]?.StackName).toBe('charge-central');
});

test('text with markup and line ends arrives as it is', async () => {
  const { cloudFormation, world } = await practiceAws();
  const reason = 'a <b>&amp; "c" ]]> \r\n\u009b31m \u{1f4a5}';
  stackIn(world, 'charge-central').statusReason = reason;
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'charge-central' }));
  expect(Stacks?.[0]?.StackStatusReason).toBe(reason);
});

test('all stacks, paged', async () => {
  const { cloudFormation } = await practiceAws();
  const sizes: (number | undefined)[] = [];
  for await (const page of paginateDescribeStacks({ client: cloudFormation }, {}))
    sizes.push(page.Stacks?.length);
  expect(sizes).toEqual([50, 14]);
});

test('a stack that does not exist, in the words of each operation', async () => {
  const { cloudFormation } = await practiceAws();
  expect(await refusal(cloudFormation.send(new DescribeStacksCommand({ StackName: 'nobody' })))).toEqual({
    name: 'ValidationError',
    status: 400,
    message: 'Stack with id nobody does not exist',
  });
  expect(await refusal(cloudFormation.send(new DescribeStackEventsCommand({ StackName: 'nobody' })))).toEqual(
    { name: 'ValidationError', status: 400, message: 'Stack [nobody] does not exist' },
  );
});

test('about ninety days of events, newest first, each once, and the version of every deploy in them', async () => {
  const { cloudFormation, world } = await practiceAws();
  const events: StackEvent[] = [];
  for await (const page of paginateDescribeStackEvents(
    { client: cloudFormation },
    { StackName: 'charge-central' },
  )) {
    expect(page.StackEvents?.length).toBeLessThanOrEqual(100);
    events.push(...(page.StackEvents ?? []));
  }
  expect(events).toHaveLength(stackIn(world, 'charge-central').events.length);
  expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(events.length);
  const times = events.map(({ Timestamp }) => Timestamp?.getTime() ?? 0);
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  expect(events[0]).toMatchObject({
    ResourceType: 'AWS::CloudFormation::Stack',
    ResourceStatus: 'UPDATE_COMPLETE',
    Timestamp: new Date('2026-11-17T03:02:00Z'),
  });
  const launch = events.find(
    ({ ResourceType, ResourceStatus }) =>
      ResourceType === 'AWS::EC2::LaunchTemplate' && ResourceStatus === 'UPDATE_COMPLETE',
  );
  const properties = JSON.parse(launch?.ResourceProperties ?? '');
  const userData = Buffer.from(properties.LaunchTemplateData.UserData, 'base64').toString('utf8');
  expect(userData).toContain('/charge-central:1.0.283\n');
  const group = events.find(({ ResourceType }) => ResourceType === 'AWS::AutoScaling::AutoScalingGroup');
  expect(group?.ResourceStatus).toBe('DELETE_COMPLETE');
  expect(group?.PhysicalResourceId).toMatch(/^charge-central-1-0-282-/);
});

test('a page that was begun before an update goes on where it was', async () => {
  const { cloudFormation, world } = await practiceAws();
  const StackName = 'charge-central';
  const before = stackIn(world, StackName)
    .events.map(({ id }) => id)
    .reverse();
  const first = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
  const stack = stackIn(world, StackName);
  const parameters = { ...stack.parameters, ImageTag: '1.0.282' };
  world.stacks.update(stack, { parameters, tags: null, token: 'later', who: 'sam' });
  const second = await cloudFormation.send(
    new DescribeStackEventsCommand({ StackName, NextToken: first.NextToken ?? '' }),
  );
  expect([...(first.StackEvents ?? []), ...(second.StackEvents ?? [])].map(({ EventId }) => EventId)).toEqual(
    before.slice(0, 200),
  );
  const strange = new DescribeStackEventsCommand({ StackName, NextToken: 'mine' });
  expect(await refusal(cloudFormation.send(strange))).toMatchObject({ name: 'ValidationError' });
});

test('the resources of a stack are those that run', async () => {
  const { cloudFormation, world } = await practiceAws();
  const { StackResources: resources = [] } = await cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: 'charge-central' }),
  );
  expect(resources.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual([
    'InstanceRole',
    'LaunchTemplate',
    'AutoScalingGroup',
    'ScaleUpMorning',
    'ScaleDownNight',
  ]);
  const physical = resources.find(({ LogicalResourceId }) => LogicalResourceId === 'AutoScalingGroup');
  expect(world.state.groups.map(({ name }) => name)).toContain(physical?.PhysicalResourceId);
  const listed = await cloudFormation.send(new ListStackResourcesCommand({ StackName: 'mailer' }));
  expect(listed.StackResourceSummaries?.map(({ ResourceType }) => ResourceType)).toContain(
    'AWS::AutoScaling::LaunchConfiguration',
  );
});

test('template and its summary', async () => {
  const { cloudFormation } = await practiceAws();
  const StackName = 'charge-central';
  const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
  const template = JSON.parse(TemplateBody);
  expect(template.Resources.AutoScalingGroup.CreationPolicy.ResourceSignal.Timeout).toBe('PT10M');
  const summary = await cloudFormation.send(new GetTemplateSummaryCommand({ StackName }));
  expect(summary.Parameters?.find(({ ParameterKey }) => ParameterKey === 'DbPassword')?.NoEcho).toBe(true);
  expect(summary.ResourceTypes).toContain('AWS::EC2::LaunchTemplate');
});
