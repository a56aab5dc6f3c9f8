import { expect, test } from 'vitest';
import { practised } from './practised.ts';

async function reading(change?: Parameters<typeof practised>[0]) {
  const world = await practised(change);
  const fleet = await world.systems.fleet();
  return {
    ...world,
    read: (signal?: AbortSignal) => fleet.groups('prod', [world.service('ledger-api')], signal),
    calls: () => world.operations().filter((one) => one === 'DescribeAutoScalingGroups').length,
  };
}

test.each(['reset_before', 'reset_after'] as const)('a read is tried again after %s', async (kind) => {
  const { read, fault, calls } = await reading();
  fault('DescribeAutoScalingGroups', kind);
  expect(await read()).toHaveLength(1);
  expect(calls()).toBe(2);
});

test('throttling is tried again by the SDK, and told as what it is when it lasts', async () => {
  const { read, fault, calls } = await reading();
  fault('DescribeAutoScalingGroups', 'status', { status: 400, times: 2 });
  expect(await read()).toHaveLength(1);
  expect(calls()).toBe(3);
  fault('DescribeAutoScalingGroups', 'status', { status: 400, times: 3 });
  await expect(read()).rejects.toMatchObject({ code: 'rate_limited', details: { vendorCode: 'Throttling' } });
});

test('what is forbidden names the missing permission and is not tried again', async () => {
  const { read, fault, calls } = await reading();
  fault('DescribeAutoScalingGroups', 'status', { status: 403 });
  await expect(read()).rejects.toMatchObject({
    code: 'forbidden',
    message: 'Not allowed: your role lacks autoscaling:DescribeAutoScalingGroups.',
  });
  expect(calls()).toBe(1);
});

test('an answer that is cut off is an error, never an empty fleet', async () => {
  const { read, fault } = await reading();
  fault('DescribeAutoScalingGroups', 'truncate', { times: 3 });
  await expect(read()).rejects.toMatchObject({ system: 'aws' });
});

test('a proxy’s page is an error, never an empty fleet', async () => {
  const { read, fault } = await reading();
  fault('DescribeAutoScalingGroups', 'garbage', { times: 3 });
  await expect(read()).rejects.toMatchObject({ system: 'aws', code: 'unreadable' });
});

test('giving up ends the wait', async () => {
  const { read, fault } = await reading();
  fault('DescribeAutoScalingGroups', 'hang');
  await expect(read(AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'aborted' });
});

test('a mistyped profile is told by its name before anything is sent', async () => {
  const { read, operations } = await reading((config) => mistype(config, 'practise'));
  await expect(read()).rejects.toMatchObject({
    code: 'unauthorized',
    message: expect.stringMatching(/no AWS profile "practise".*nearest name is "practice"/),
  });
  expect(operations()).toEqual([]);
});

test('an environment without AWS names the key that is missing', async () => {
  const { systems, service } = await practised();
  const deploys = (await systems.releases()).deploys(
    { ...service('mailer'), in: { moon: { stack: 'mailer', imageParameter: 'ImageTag' } } },
    'moon',
    1,
  );
  await expect(deploys).rejects.toMatchObject({ code: 'not_configured', message: /environments\.moon\.aws/ });
});

function mistype<C extends Awaited<ReturnType<typeof practised>>['loaded']['config']>(
  config: C,
  profile: string,
): C {
  const { prod } = config.environments;
  if (prod?.aws === undefined) throw new Error('no AWS in prod');
  return {
    ...config,
    environments: { ...config.environments, prod: { ...prod, aws: { ...prod.aws, profile } } },
  };
}
