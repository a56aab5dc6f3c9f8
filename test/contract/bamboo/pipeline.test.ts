import { expect, test } from 'vitest';
import type { DeployOrder, Pipeline } from '../../../src/model/ports/index.ts';
import type { Practised } from '../practised.ts';
import { practisedBamboo, QUEUE, truth, VERSIONS } from './bamboo.ts';

function order(practised: Practised, version: string, more: Partial<DeployOrder> = {}): DeployOrder {
  return {
    service: practised.service('cart'),
    environment: 'prod',
    version,
    intent: 'int-1',
    who: 'sam@harbour.example',
    since: practised.world.now(),
    ...more,
  };
}

const bamboo = (practised: Practised): Promise<Pipeline> => practised.systems.pipeline('bamboo');

test('an earlier release is started once, followed to its end, and the stack has it', async () => {
  const practised = await practisedBamboo();
  const pipeline = await bamboo(practised);
  const [now, before] = truth(practised, 'cart');
  const sent = order(practised, before?.version ?? '');
  expect(pipeline.cannotStart(sent.service, 'prod')).toBeNull();
  expect(await pipeline.run(sent)).toBeNull();
  await pipeline.start(sent);
  expect(practised.operations().filter((one) => one === QUEUE)).toHaveLength(1);
  expect(await pipeline.run(sent)).toMatchObject({ state: 'queued', at: null, waiting: null, output: [] });
  practised.world.advance(10);
  expect(await pipeline.run(sent)).toMatchObject({ state: 'running' });
  const releases = await practised.systems.releases();
  const [newest] = await releases.deploys(sent.service, 'prod', 3);
  expect(newest).toMatchObject({ version: before?.version, status: 'in_progress', who: 'Sam Okafor' });
  practised.world.advance(10 * 60);
  expect(await pipeline.run(sent)).toMatchObject({
    state: 'succeeded',
    reference: newest?.reference,
    url: newest?.url,
  });
  expect(now?.version).not.toBe(before?.version);
  expect(truth(practised, 'cart')[0]).toMatchObject({ version: before?.version, status: 'succeeded' });
});

test('the answer to a start is lost: it was sent once, and is known by its version and time', async () => {
  const practised = await practisedBamboo();
  const pipeline = await bamboo(practised);
  const [now, before] = truth(practised, 'cart');
  const sent = order(practised, before?.version ?? '');
  practised.fault(QUEUE, { fault: 'reset_after' });
  await expect(pipeline.start(sent)).rejects.toMatchObject({ code: 'reset', mayHaveHappened: true });
  expect(practised.operations().filter((one) => one === QUEUE)).toHaveLength(1);
  expect(await pipeline.run(sent)).toMatchObject({
    state: 'queued',
    at: 'known by its version and time',
    reference: expect.stringMatching(/^#\d+$/),
  });
  // What ran before is not it, and neither is another version.
  expect(await pipeline.run({ ...sent, version: now?.version ?? '' })).toBeNull();
  expect(await pipeline.run({ ...sent, since: practised.world.now() + 60_000 })).toBeNull();
});

test('one that never arrived leaves no trace', async () => {
  const practised = await practisedBamboo();
  const pipeline = await bamboo(practised);
  const sent = order(practised, truth(practised, 'cart')[1]?.version ?? '');
  practised.fault(QUEUE, { fault: 'reset_before' });
  await expect(pipeline.start(sent)).rejects.toMatchObject({ mayHaveHappened: true });
  expect(await pipeline.run(sent)).toBeNull();
});

test('a version without a release is refused before anything is sent, and the nearest are named', async () => {
  const practised = await practisedBamboo();
  const pipeline = await bamboo(practised);
  const version = truth(practised, 'cart')[0]?.version ?? '';
  const wrong = order(practised, version.replace(/\d+$/, '99999'));
  await expect(pipeline.start(wrong)).rejects.toMatchObject({
    code: 'not_found',
    mayHaveHappened: false,
    message: expect.stringMatching(
      /has no release release-[\d.]+, and Bamboo deploys releases only\. (Did you mean|It has) release-/,
    ),
  });
  expect(practised.operations()).not.toContain(QUEUE);
});

test('a read that fails on the way to a start says that nothing was started', async () => {
  const practised = await practisedBamboo();
  const pipeline = await bamboo(practised);
  practised.fault(VERSIONS, { fault: 'garbage' });
  await expect(pipeline.start(order(practised, '1.0.0'))).rejects.toMatchObject({
    mayHaveHappened: false,
    message: expect.stringContaining('Nothing was started'),
  });
});

test('a token that expired is not sent again with a write', async () => {
  const practised = await practisedBamboo();
  const pipeline = await bamboo(practised);
  practised.fault(QUEUE, { fault: 'status', status: 401 });
  const sent = order(practised, truth(practised, 'cart')[1]?.version ?? '');
  await expect(pipeline.start(sent)).rejects.toMatchObject({ code: 'unauthorized', mayHaveHappened: false });
  expect(practised.operations().filter((one) => one === QUEUE)).toHaveLength(1);
});

test('the stack is busy: the deployment fails, and says so', async () => {
  const practised = await practisedBamboo();
  const pipeline = await bamboo(practised);
  const [, before, older] = truth(practised, 'cart');
  await pipeline.start(order(practised, before?.version ?? ''));
  practised.world.advance(60);
  const second = order(practised, older?.version ?? '', { intent: 'int-2' });
  await pipeline.start(second);
  practised.world.advance(10);
  expect(await pipeline.run(second)).toMatchObject({ state: 'failed' });
});

test('nothing waits in Bamboo; a service without a project cannot be started', async () => {
  const practised = await practisedBamboo();
  const pipeline = await bamboo(practised);
  expect(await pipeline.waiting({ system: 'bamboo', id: '1' })).toBeNull();
  await expect(pipeline.unblock({ system: 'bamboo', id: '1' }, 'sam')).rejects.toMatchObject({
    code: 'invalid',
  });
  const mailer = practised.service('mailer');
  expect(pipeline.cannotStart(mailer, 'prod')).toContain('services.mailer.bamboo');
  await expect(pipeline.start(order(practised, '1.0.0', { service: mailer }))).rejects.toMatchObject({
    code: 'not_configured',
  });
  expect(practised.operations()).toEqual([]);
});
