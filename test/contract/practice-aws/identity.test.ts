import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CancelUpdateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { EXPIRED_KEY, READER_KEY } from '../../../src/practice/servers/aws/credentials.ts';
import { clientSettings, practiceAws, refusal } from './practice-aws.ts';

test('says who the key belongs to, and gives each answer an id', async () => {
  const { sts } = await practiceAws();
  const identity = await sts.send(new GetCallerIdentityCommand({}));
  expect(identity.Account).toBe('210987654321');
  expect(identity.Arn).toBe('arn:aws:iam::210987654321:user/sam');
  expect(identity.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('a role taken on is another caller until its time is over', async () => {
  const { sts, url, world } = await practiceAws();
  const RoleArn = 'arn:aws:iam::210987654321:role/oncall';
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sam' }));
  expect(Credentials?.Expiration?.getTime()).toBeCloseTo(world.now() + 3_600_000, -4);
  const session = new STSClient(
    clientSettings(url, {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }),
  );
  const identity = await session.send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe('arn:aws:sts::210987654321:assumed-role/oncall/sam');
  world.advance(3601);
  expect(await refusal(session.send(new GetCallerIdentityCommand({})))).toMatchObject({
    name: expect.stringMatching(/^ExpiredToken/),
    status: 403,
  });
  session.destroy();
});

test('a role of another account is denied', async () => {
  const { sts } = await practiceAws();
  const RoleArn = 'arn:aws:iam::111111111111:role/oncall';
  const answer = await refusal(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sam' })));
  expect(answer).toMatchObject({ name: 'AccessDenied', status: 403 });
});

test('an unknown key is refused in the words of each protocol', async () => {
  const key = { accessKeyId: 'AKIASOMEBODYELSE0000', secretAccessKey: 'none' };
  const { autoScaling, ec2, ecr } = await practiceAws({ key });
  expect(await refusal(autoScaling.send(new DescribeAutoScalingGroupsCommand({})))).toMatchObject({
    name: 'InvalidClientTokenId',
    status: 403,
  });
  expect(await refusal(ec2.send(new DescribeInstancesCommand({})))).toMatchObject({
    name: 'AuthFailure',
    status: 401,
  });
  expect(await refusal(ecr.send(new DescribeRepositoriesCommand({})))).toMatchObject({
    name: 'UnrecognizedClientException',
    status: 400,
  });
});

test('an expired key says so', async () => {
  const { cloudFormation, ecr } = await practiceAws({ key: EXPIRED_KEY });
  expect(await refusal(cloudFormation.send(new DescribeStacksCommand({})))).toMatchObject({
    name: 'ExpiredToken',
    message: 'The security token included in the request is expired',
  });
  expect(await refusal(ecr.send(new DescribeRepositoriesCommand({})))).toMatchObject({
    name: 'ExpiredTokenException',
  });
});

test('a key that may only read is denied every change', async () => {
  const { cloudFormation } = await practiceAws({ key: READER_KEY });
  await cloudFormation.send(new DescribeStacksCommand({ StackName: 'charge-central' }));
  const cancel = new CancelUpdateStackCommand({ StackName: 'charge-central' });
  expect(await refusal(cloudFormation.send(cancel))).toMatchObject({
    name: 'AccessDenied',
    status: 403,
    message: expect.stringContaining('cloudformation:CancelUpdateStack'),
  });
});

test('without a signature nothing is answered', async () => {
  const { url } = await practiceAws();
  const body = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' });
  const answer = await fetch(url, { method: 'POST', body });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain('<Code>MissingAuthenticationToken</Code>');
});

test('one bucket for the whole account: too many calls are throttled, and it fills again', async () => {
  let now = 0;
  const throttle = { burst: 2, perSecond: 1, monotonic: () => now };
  const { autoScaling, ec2, ecr, sts } = await practiceAws({ throttle });
  await sts.send(new GetCallerIdentityCommand({}));
  await ec2.send(new DescribeInstancesCommand({}));
  expect(await refusal(autoScaling.send(new DescribeAutoScalingGroupsCommand({})))).toMatchObject({
    name: 'Throttling',
    status: 400,
    message: 'Rate exceeded',
  });
  expect(await refusal(ec2.send(new DescribeInstancesCommand({})))).toMatchObject({
    name: 'RequestLimitExceeded',
    status: 503,
  });
  expect(await refusal(ecr.send(new DescribeRepositoriesCommand({})))).toMatchObject({
    name: 'ThrottlingException',
  });
  now = 1000;
  await sts.send(new GetCallerIdentityCommand({}));
});
