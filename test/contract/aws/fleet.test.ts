import { expect, test } from 'vitest';
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
