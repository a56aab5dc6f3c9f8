import { expect, test } from 'vitest';
import { DAY } from '../../../src/model/instant.ts';
import type { PracticeGroup, PracticeImage, PracticeInstance } from '../../../src/practice/world/state.ts';
import { practised } from './practised.ts';

const many = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index));

function found<T>(items: readonly T[], is: (item: T) => boolean): T {
  const one = items.find(is);
  if (one === undefined) throw new Error('the world has no such thing');
  return one;
}

test('groups, instances and stacks of an account that is larger than one page', async () => {
  const { systems, loaded, service, world, operations } = await practised();
  const { groups, instances, stacks } = world.state;
  const ofCharge = ({ service: name, environment }: PracticeGroup) =>
    name === 'charge-central' && environment === 'prod';
  const group = found(groups, ofCharge);
  const instance: PracticeInstance = found(instances, (one) => one.group === group.name);
  const stack = found(stacks, ({ name }) => name === 'charge-central');
  groups.unshift(...many(230, (index) => ({ ...group, name: `charge-central-old-${index}`, desired: 0 })));
  instances.push(...many(250, (index) => ({ ...instance, id: `i-${index.toString(16).padStart(17, '0')}` })));
  // Those of other teams, before ours.
  stacks.unshift(
    ...many(120, (index) => ({
      ...stack,
      service: 'others',
      name: `others-${index}`,
      id: `${stack.id}-${index}`,
    })),
  );

  const fleet = await systems.fleet();
  const told = await fleet.groups('prod', loaded.catalog.services);
  expect(told.filter(({ service: name }) => name === 'charge-central')).toHaveLength(231);
  const newest = told.find(({ name }) => name === group.name);
  expect(newest?.versions).toMatchObject({ parameter: '1.0.283', tag: '1.0.283' });
  expect(newest?.instances).toHaveLength(253);
  expect(newest?.instances.every(({ address }) => address !== null)).toBe(true);
  const count = (operation: string) => operations().filter((one) => one === operation).length;
  expect(count('DescribeAutoScalingGroups')).toBe(Math.ceil(told.length / 100));
  expect(count('DescribeStacks')).toBe(Math.ceil(stacks.length / 50));
  expect(count('DescribeInstances')).toBe(2);

  const { status } = await (await systems.deployer()).stack(service('mailer'), 'prod');
  expect(status).toBe('UPDATE_COMPLETE');
  found(stacks, ({ name }) => name === 'mailer').status = 'UPDATE_PONDERING\u202e';
  expect(await (await systems.deployer()).stack(service('mailer'), 'prod')).toMatchObject({
    status: 'UPDATE_PONDERING\ufffd',
  });
});

test('images over several pages, of which the newest is on the last', async () => {
  const { systems, service, world, operations } = await practised();
  const { images } = world.state;
  const one: PracticeImage = found(images, ({ tag }) => tag === '1.0.283');
  const old = (index: number) => ({
    ...one,
    tag: `0.9.${index}`,
    pushedAt: one.pushedAt - (index + 1) * DAY,
  });
  images.unshift(
    ...many(2_100, (index) => ({ ...old(index), digest: `sha256:${`${index}`.padStart(64, '0')}` })),
  );
  const told = await (await systems.images()).images(service('charge-central'), 'prod', 5_000);
  expect(told[0]?.version).toBe('1.0.283');
  expect(new Set(told.map(({ version }) => version)).size).toBe(told.length);
  expect(told.length).toBeGreaterThan(2_100);
  expect(operations().filter((name) => name === 'DescribeImages')).toHaveLength(3);
});
