import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { type PracticeAws, practiceAws, refusal, stackIn } from './practice-aws.ts';

const StackName = 'charge-central';

test('from pending to available, telling what it would replace; executing it updates the stack', async () => {
  const aws = await practiceAws();
  const { cloudFormation, world } = aws;
  const before = stackIn(world, StackName).parameters;
  const { Id } = await create(aws, 'oncall-1', '1.0.282');
  expect(Id).toMatch(/^arn:aws:cloudformation:eu-west-1:210987654321:changeSet\/oncall-1\//);
  expect(await described(aws, 'oncall-1')).toMatchObject({
    Status: 'CREATE_PENDING',
    ExecutionStatus: 'UNAVAILABLE',
  });
  await create(aws, 'other', '1.0.281');
  world.advance(2);
  const ready = await described(aws, 'oncall-1');
  expect(ready).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
  expect(
    ready.Changes?.map(({ ResourceChange: change }) => [
      change?.Action,
      change?.LogicalResourceId,
      change?.ResourceType,
      change?.Replacement,
    ]),
  ).toEqual([
    ['Modify', 'LaunchTemplate', 'AWS::EC2::LaunchTemplate', 'True'],
    ['Modify', 'AutoScalingGroup', 'AWS::AutoScaling::AutoScalingGroup', 'True'],
    ['Modify', 'ScaleUpMorning', 'AWS::AutoScaling::ScheduledAction', 'Conditional'],
    ['Modify', 'ScaleDownNight', 'AWS::AutoScaling::ScheduledAction', 'Conditional'],
  ]);
  expect(ready.Parameters).toContainEqual({ ParameterKey: 'ImageTag', ParameterValue: '1.0.282' });
  expect(ready.Parameters).toContainEqual({ ParameterKey: 'DbPassword', ParameterValue: '****' });
  expect(stackIn(world, StackName).parameters).toEqual(before);

  await cloudFormation.send(
    new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'oncall-1', ClientRequestToken: 'run-1' }),
  );
  expect(stackIn(world, StackName)).toMatchObject({
    status: 'UPDATE_IN_PROGRESS',
    parameters: { ...before, ImageTag: '1.0.282' },
    update: { token: 'run-1' },
  });
  const { Summaries } = await cloudFormation.send(new ListChangeSetsCommand({ StackName }));
  expect(Summaries?.map(({ ChangeSetName, ExecutionStatus }) => [ChangeSetName, ExecutionStatus])).toEqual([
    ['oncall-1', 'EXECUTE_IN_PROGRESS'],
  ]);
  world.advance(420);
  expect(await described(aws, 'oncall-1')).toMatchObject({ ExecutionStatus: 'EXECUTE_COMPLETE' });
  expect(stackIn(world, StackName).status).toBe('UPDATE_COMPLETE');
  const again = new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'oncall-1' });
  expect(await refusal(cloudFormation.send(again))).toMatchObject({
    message: `ChangeSet [${Id}] cannot be executed in its current execution status of [EXECUTE_COMPLETE]`,
  });
});

test('one without changes fails and cannot be executed', async () => {
  const aws = await practiceAws();
  await create(aws, 'nothing', '1.0.283');
  aws.world.advance(2);
  expect(await described(aws, 'nothing')).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason: expect.stringContaining("didn't contain changes"),
    Changes: [],
  });
  const execute = new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'nothing' });
  expect(await refusal(aws.cloudFormation.send(execute))).toMatchObject({
    name: expect.stringMatching(/^InvalidChangeSetStatus/),
    status: 400,
    message: expect.stringContaining('current status of [FAILED]'),
  });
});

test('what was worked out before another update is obsolete', async () => {
  const aws = await practiceAws();
  await create(aws, 'early', '1.0.282');
  aws.world.advance(2);
  const stack = stackIn(aws.world, StackName);
  const parameters = { ...stack.parameters, ImageTag: '1.0.281' };
  aws.world.stacks.update(stack, { parameters, tags: null, token: null, who: 'dora' });
  expect(await described(aws, 'early')).toMatchObject({ ExecutionStatus: 'OBSOLETE' });
  const execute = new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'early' });
  expect(await refusal(aws.cloudFormation.send(execute))).toMatchObject({
    message: expect.stringContaining('current execution status of [OBSOLETE]'),
  });
  expect(await refusal(create(aws, 'late', '1.0.282'))).toMatchObject({
    name: 'ValidationError',
    message: `Stack:${stack.id} is in UPDATE_IN_PROGRESS state and can not be updated.`,
  });
});

test('a name is taken until its change set is deleted; deleting twice is no error', async () => {
  const aws = await practiceAws();
  const { Id = '' } = await create(aws, 'oncall-2', '1.0.282');
  expect(await refusal(create(aws, 'oncall-2', '1.0.282'))).toMatchObject({
    name: expect.stringMatching(/^AlreadyExists/),
    status: 400,
  });
  await aws.cloudFormation.send(new DeleteChangeSetCommand({ ChangeSetName: Id }));
  await aws.cloudFormation.send(new DeleteChangeSetCommand({ StackName, ChangeSetName: 'oncall-2' }));
  expect(await refusal(described(aws, 'oncall-2'))).toMatchObject({
    name: expect.stringMatching(/^ChangeSetNotFound/),
    status: 404,
    message: 'ChangeSet [oncall-2] does not exist',
  });
  await create(aws, 'oncall-2', '1.0.282');
});

test('a new template goes with the change set and into the stack', async () => {
  const aws = await practiceAws();
  const { template, parameters } = stackIn(aws.world, StackName);
  const TemplateBody = template.replace('one immutable', 'an immutable');
  await aws.cloudFormation.send(
    new CreateChangeSetCommand({
      StackName,
      ChangeSetName: 'template',
      TemplateBody,
      Capabilities: ['CAPABILITY_IAM'],
      Parameters: Object.keys(parameters).map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
    }),
  );
  aws.world.advance(2);
  const proposed = await aws.cloudFormation.send(
    new GetTemplateCommand({ StackName, ChangeSetName: 'template' }),
  );
  expect(proposed.TemplateBody).toBe(TemplateBody);
  await aws.cloudFormation.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'template' }));
  const now = await aws.cloudFormation.send(new GetTemplateCommand({ StackName }));
  expect(now.TemplateBody).toBe(TemplateBody);
});

function create({ cloudFormation, world }: PracticeAws, ChangeSetName: string, version: string) {
  const keys = Object.keys(stackIn(world, StackName).parameters);
  return cloudFormation.send(
    new CreateChangeSetCommand({
      StackName,
      ChangeSetName,
      UsePreviousTemplate: true,
      Capabilities: ['CAPABILITY_IAM'],
      Parameters: keys.map((ParameterKey) =>
        ParameterKey === 'ImageTag'
          ? { ParameterKey, ParameterValue: version }
          : { ParameterKey, UsePreviousValue: true },
      ),
    }),
  );
}

function described({ cloudFormation }: PracticeAws, ChangeSetName: string) {
  return cloudFormation.send(new DescribeChangeSetCommand({ StackName, ChangeSetName }));
}
