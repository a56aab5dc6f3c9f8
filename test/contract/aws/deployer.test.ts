import { expect, test } from 'vitest';
import type { Config } from '../../../src/config/schema.ts';
import { practised } from './practised.ts';

const TOKEN = 'oncall-sam-m3k9x1';

async function deploying(change?: (config: Config) => Config) {
  const world = await practised(change);
  const service = world.service('charge-central');
  return {
    ...world,
    deployer: await world.systems.deployer(),
    charge: service,
    back: { service, environment: 'prod', version: '1.0.282' },
    mutations: () =>
      world.operations().filter((one) => !one.startsWith('Describe') && !one.startsWith('Get')),
  };
}

test('the stack with who we are, and a secret parameter that is not told', async () => {
  const { deployer, charge } = await deploying();
  expect(await deployer.stack(charge, 'prod')).toMatchObject({
    name: 'charge-central',
    environment: 'prod',
    status: 'UPDATE_COMPLETE',
    parameters: { ImageTag: '1.0.283', DbPassword: '****' },
    capabilities: ['CAPABILITY_IAM'],
    identity: { account: '210987654321', region: 'eu-west-1' },
  });
});

test('a stack that does not exist is not found', async () => {
  const { deployer, charge } = await deploying();
  const nowhere = { ...charge, in: { prod: { stack: 'nowhere', imageParameter: 'ImageTag' } } };
  await expect(deployer.stack(nowhere, 'prod')).rejects.toMatchObject({ code: 'not_found' });
});

test.each(['charge-central', 'mailer'])('the signals of %s are read from its template', async (name) => {
  const { deployer, service } = await deploying();
  expect(await deployer.signalRule(service(name), 'prod')).toEqual({
    count: { parameter: 'DesiredCapacity' },
    timeoutMs: 600_000,
    inBatches: false,
  });
});

test('without the right to read templates: named, and nothing else fails', async () => {
  const { deployer, charge, fault } = await deploying();
  fault('GetTemplate', 'status', { status: 403 });
  await expect(deployer.signalRule(charge, 'prod')).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('cloudformation:GetTemplate'),
  });
});

test('what changed since an earlier version is read from the events: nothing, an image, not known', async () => {
  const { deployer, back, world } = await deploying();
  const events = world.state.stacks.find(({ name }) => name === 'charge-central')?.events ?? [];
  const told = events.find(
    ({ type, properties }) => type === 'AWS::EC2::LaunchTemplate' && properties !== null,
  );
  const first = told?.properties ?? '';
  const oldest = /:(\d+\.\d+\.\d+)/.exec(userData(first))?.[1] ?? '';
  events.forEach((event, index) => {
    const old = event.type === 'AWS::EC2::LaunchTemplate' && event.properties === first;
    if (old)
      events[index] = { ...event, properties: (event.properties ?? '').replace('m7i.large', 'm6i.large') };
  });
  expect(await deployer.changedSince(back)).toEqual([]);
  expect(await deployer.changedSince({ ...back, version: oldest })).toEqual(['LaunchTemplate InstanceType']);
  expect(await deployer.changedSince({ ...back, version: '0.0.1' })).toBeNull();
});

function userData(properties: string): string {
  const { UserData } = JSON.parse(properties).LaunchTemplateData;
  return Buffer.from(UserData, 'base64').toString('utf8');
}

test('a preview changes one parameter, keeps all others, and leaves nothing behind when discarded', async () => {
  const { deployer, back, world, mutations } = await deploying();
  const stack = world.state.stacks.find(({ name }) => name === 'charge-central');
  const preview = await deployer.preview(back, 'oncall-one');
  const [made] = world.state.changeSets.filter(({ name }) => name === 'oncall-one');
  expect(made?.parameters).toEqual({ ...stack?.parameters, ImageTag: '1.0.282' });
  expect(preview).toMatchObject({ name: 'oncall-one', stackId: stack?.id });
  expect(preview.changes).toContainEqual({
    action: 'Modify',
    resource: 'LaunchTemplate',
    resourceType: 'AWS::EC2::LaunchTemplate',
    replacement: 'True',
  });
  await deployer.discard(back, preview);
  expect(world.state.changeSets.filter(({ name }) => name === 'oncall-one')).toEqual([]);
  expect(mutations()).toEqual(['CreateChangeSet', 'DeleteChangeSet']);
  expect(stack?.parameters.ImageTag).toBe('1.0.283');
});

test('the version that is set already is nothing to change, and its change set is gone', async () => {
  const { deployer, back, world } = await deploying();
  await expect(deployer.preview({ ...back, version: '1.0.283' }, 'oncall-same')).rejects.toMatchObject({
    code: 'invalid',
    message: 'Nothing to change: the stack is already set to that version.',
  });
  expect(world.state.changeSets).toEqual([]);
});

test('a parameter that the stack does not have is told with those that it has; nothing is sent', async () => {
  const { deployer, back, mutations } = await deploying();
  const placed = { prod: { stack: 'charge-central', imageParameter: 'Image' } };
  const change = { ...back, service: { ...back.service, in: placed } };
  await expect(deployer.preview(change, 'oncall-x')).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/no parameter Image .*ImageTag/),
  });
  expect(mutations()).toEqual([]);
});

test('a rollback: executed once, followed by its token to the end, told as a deploy of ours', async () => {
  const { deployer, back, charge, world, systems, mutations } = await deploying();
  expect(await deployer.events(charge, 'prod', TOKEN)).toEqual([]);
  const preview = await deployer.preview(back, 'oncall-two');
  await deployer.execute(back, preview, TOKEN);
  const begun = await deployer.events(charge, 'prod', TOKEN);
  expect(begun[0]).toMatchObject({ status: 'UPDATE_IN_PROGRESS', reason: 'User Initiated', token: TOKEN });
  world.advance(600);
  const events = await deployer.events(charge, 'prod', TOKEN);
  expect(events.slice(0, begun.length)).toEqual(begun);
  expect(events.at(-1)).toMatchObject({ resource: 'charge-central', status: 'UPDATE_COMPLETE' });
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(await deployer.latestEvents(charge, 'prod')).toEqual(events);
  const [newest] = await (await systems.releases()).deploys(charge, 'prod', 1);
  expect(newest).toMatchObject({ version: '1.0.282', status: 'succeeded', who: 'sam', reference: null });
  expect(mutations()).toEqual(['CreateChangeSet', 'ExecuteChangeSet']);
});

test('a cancelled update goes back, and is followed although its end has another token', async () => {
  const { deployer, back, charge, world, systems } = await deploying();
  await deployer.execute(back, await deployer.preview(back, 'oncall-three'), TOKEN);
  await deployer.cancel(charge, 'prod', 'oncall-sam-cancel');
  world.advance(600);
  expect((await deployer.events(charge, 'prod', TOKEN)).at(-1)).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
  });
  const [newest] = await (await systems.releases()).deploys(charge, 'prod', 5);
  expect(newest?.status ?? 'cancelled').not.toBe('succeeded');
  await expect(deployer.cancel(charge, 'prod', 'oncall-sam-late')).rejects.toMatchObject({
    code: 'invalid',
    details: { vendorCode: 'ValidationError' },
  });
});

test.each(['reset_before', 'reset_after', 'status'] as const)(
  'a write that ends in %s is sent once, and said to have perhaps happened',
  async (kind) => {
    const { deployer, back, fault, mutations } = await deploying();
    const preview = await deployer.preview(back, 'oncall-four');
    fault('ExecuteChangeSet', kind, kind === 'status' ? { status: 500 } : {});
    await expect(deployer.execute(back, preview, TOKEN)).rejects.toMatchObject({ mayHaveHappened: true });
    expect(mutations()).toEqual(['CreateChangeSet', 'ExecuteChangeSet']);
  },
);

test('throttled, a write is not repeated either', async () => {
  const { deployer, back, fault, mutations } = await deploying();
  const preview = await deployer.preview(back, 'oncall-five');
  fault('ExecuteChangeSet', 'status', { status: 400 });
  await expect(deployer.execute(back, preview, TOKEN)).rejects.toMatchObject({
    code: 'rate_limited',
    mayHaveHappened: false,
  });
  expect(mutations()).toEqual(['CreateChangeSet', 'ExecuteChangeSet']);
});

test('credentials of another account than the config names change nothing', async () => {
  const { deployer, back, mutations } = await deploying((config) => {
    const prod = config.environments.prod;
    if (prod?.aws === undefined) throw new Error('no AWS in prod');
    const elsewhere = { ...prod, aws: { ...prod.aws, account: '111111111111' } };
    return { ...config, environments: { ...config.environments, prod: elsewhere } };
  });
  await expect(deployer.preview(back, 'oncall-six')).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('account 111111111111'),
  });
  expect(mutations()).toEqual([]);
});
