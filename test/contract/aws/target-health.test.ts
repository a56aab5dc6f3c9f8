import { expect, test } from 'vitest';
import type { Instance, Traffic } from '../../../src/model/fleet.ts';
import { SECOND } from '../../../src/model/instant.ts';
import { practised } from './practised.ts';

async function looking() {
  const world = await practised();
  const fleet = await world.systems.fleet();
  return {
    ...world,
    groups: (name: string) => fleet.groups('prod', [world.service(name)]),
    async read(name: string, signal?: AbortSignal) {
      return fleet.traffic('prod', await fleet.groups('prod', [world.service(name)]), signal);
    },
    asked: (operation = 'DescribeTargetHealth') =>
      world.operations().filter((one) => one === operation).length,
  };
}

const told = (instances: readonly Instance[] | undefined): (Traffic['state'] | null)[] =>
  (instances ?? []).map(({ traffic }) => traffic?.state ?? null);

test('the target group says who is sick, and why', async () => {
  const { read, asked } = await looking();
  const [group] = await read('charge-central');
  expect(group?.front).toEqual({
    balancers: [
      {
        kind: 'target_group',
        id: expect.stringMatching(
          /^arn:aws:elasticloadbalancing:.*:targetgroup\/charge-central\/[0-9a-f]{16}$/,
        ),
        name: 'charge-central',
        inUse: true,
      },
    ],
    unread: null,
  });
  expect(group?.instances.map(({ traffic }) => traffic)).toEqual([
    { state: 'unhealthy', by: 'charge-central', reason: 'Target.FailedHealthChecks: Health checks failed' },
    {
      state: 'unhealthy',
      by: 'charge-central',
      reason: 'Target.ResponseCodeMismatch: Health checks failed with these codes: [502]',
    },
    { state: 'healthy', by: 'charge-central', reason: null },
  ]);
  expect(asked()).toBe(1);
});

test('a classic load balancer is asked in its own API', async () => {
  const { read, asked } = await looking();
  const [group] = await read('mailer');
  expect(group?.front.balancers).toMatchObject([{ kind: 'classic', id: 'mailer', name: 'mailer' }]);
  expect(told(group?.instances)).toEqual(['healthy', 'healthy']);
  expect([asked('DescribeInstanceHealth'), asked()]).toEqual([1, 0]);
});

test('reading the groups asks no load balancer: many services cost nothing more', async () => {
  const { systems, loaded, operations } = await looking();
  const groups = await (await systems.fleet()).groups('prod', loaded.catalog.services);
  expect(groups.every(({ front }) => front.balancers.length === 1)).toBe(true);
  expect(operations()).not.toContain('DescribeTargetHealth');
});

test('during a deploy: new targets go from initial to healthy, old ones drain, and both groups are one call', async () => {
  const { read, world, asked } = await looking();
  const stack = world.state.stacks.find(({ name }) => name === 'mailer');
  const charge = world.state.stacks.find(({ name }) => name === 'charge-central');
  if (stack === undefined || charge === undefined) throw new Error('no stack');
  for (const one of [stack, charge]) {
    const image = one.service === 'mailer' ? one.parameters.ImageTag : '1.0.282';
    world.stacks.update(one, {
      parameters: { ...one.parameters, ImageTag: image ?? '', BuildNumber: '9999' },
      tags: null,
      token: null,
      who: 'sam',
    });
  }
  const newest = async (name: string) => {
    const groups = [...(await read(name))].sort((one, other) => other.createdAt - one.createdAt);
    return { fresh: told(groups[0]?.instances), old: told(groups[1]?.instances) };
  };
  world.advance(60);
  expect((await newest('charge-central')).fresh).toEqual(['initial', 'initial', 'initial']);
  expect((await newest('mailer')).fresh).toEqual(['initial', 'initial']);
  world.advance(212);
  const before = asked();
  for (const name of ['charge-central', 'mailer']) {
    const { fresh, old } = await newest(name);
    expect(new Set(fresh)).toEqual(new Set(['healthy']));
    expect(new Set(old)).toEqual(new Set(['draining']));
  }
  expect(asked() - before).toBe(1);
});

test('a role that may not ask: the fleet is read all the same, told once, and not asked at every look', async () => {
  const { read, fault, asked } = await looking();
  fault('DescribeTargetHealth', 'status', { status: 403 });
  const [group] = await read('charge-central');
  expect(group?.instances).toHaveLength(3);
  expect(told(group?.instances)).toEqual([null, null, null]);
  const unread = {
    why: 'Not allowed: your role lacks elasticloadbalancing:DescribeTargetHealth.',
    lasting: true,
  };
  expect(group?.front.unread).toEqual(unread);
  expect((await read('ledger-api'))[0]?.front.unread).toEqual(unread);
  expect(asked()).toBe(1);
  expect(told((await read('mailer'))[0]?.instances)).toEqual(['healthy', 'healthy']);
});

test('throttling is tried again, and passes as not known when it lasts', async () => {
  const { read, fault, asked } = await looking();
  fault('DescribeTargetHealth', 'status', { status: 400, times: 2 });
  expect((await read('charge-central'))[0]?.front.unread).toBeNull();
  expect(asked()).toBe(3);
  fault('DescribeTargetHealth', 'status', { status: 400, times: 3 });
  const [group] = await read('charge-central');
  expect(group?.front.unread).toMatchObject({
    lasting: false,
    why: expect.stringContaining('limits the rate'),
  });
  expect((await read('charge-central'))[0]?.front.unread).toBeNull();
});

test('a target group that is gone is told, and lasting', async () => {
  const { groups, systems } = await looking();
  const [group] = await groups('charge-central');
  if (group === undefined) throw new Error('no group');
  const balancers = group.front.balancers.map((one) => ({ ...one, id: group.name }));
  const gone = { ...group, front: { balancers, unread: null } };
  const [read] = await (await systems.fleet()).traffic('prod', [gone]);
  expect(read?.front.unread).toMatchObject({ lasting: true, why: expect.stringContaining('not found') });
});

test('giving up ends the wait', async () => {
  const { groups, systems, fault } = await looking();
  const found = await groups('charge-central');
  fault('DescribeTargetHealth', 'hang');
  const reading = (await systems.fleet()).traffic('prod', found, AbortSignal.timeout(SECOND / 10));
  await expect(reading).rejects.toMatchObject({ code: 'aborted' });
});
