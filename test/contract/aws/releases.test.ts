import { expect, test } from 'vitest';
import { rfc3339 } from '../../../src/model/instant.ts';
import { practised } from './practised.ts';

test('deploys are read back from the stack’s events, newest first', async () => {
  const { systems, service } = await practised();
  const deploys = await (await systems.releases()).deploys(service('charge-central'), 'prod', 2);
  expect(deploys.map((deploy) => ({ ...deploy, startedAt: rfc3339(deploy.startedAt) }))).toMatchObject([
    {
      service: 'charge-central',
      environment: 'prod',
      version: '1.0.283',
      status: 'succeeded',
      startedAt: '2026-11-17T02:56:17Z',
      finishedAt: Date.parse('2026-11-17T03:02:00Z'),
      who: 'dora',
      reference: '#412',
      source: 'cloudformation',
    },
    { version: '1.0.282', who: 'dora', reference: '#409', status: 'succeeded' },
  ]);
});

test('a service with a launch configuration has deploys too', async () => {
  const { systems, service, world } = await practised();
  const [newest] = await (await systems.releases()).deploys(service('mailer'), 'prod', 1);
  const stack = world.state.stacks.find(({ name }) => name === 'mailer');
  expect(newest?.version).toBe(stack?.parameters.ImageTag);
});

test('all that the stack remembers, with what failed; a second look costs one page', async () => {
  const { systems, service, world, operations } = await practised();
  const releases = await systems.releases();
  const deploys = await releases.deploys(service('charge-central'), 'prod', 1_000);
  const told = world.state.deploys.filter(
    (deploy) => deploy.service === 'charge-central' && deploy.environment === 'prod',
  );
  expect(deploys.length).toBeGreaterThan(5);
  const remembered = told.toSorted((a, b) => b.startedAt - a.startedAt).slice(0, deploys.length);
  expect(deploys.map(({ version, status }) => [version, status])).toEqual(
    remembered.map(({ version, status }) => [version, status]),
  );
  const pages = operations().length;
  expect(await releases.deploys(service('charge-central'), 'prod', 1_000)).toEqual(deploys);
  expect(operations()).toHaveLength(pages + 1);
});

test('images are newest first, one is found by its tag, and one that is not there is null', async () => {
  const { systems, service } = await practised();
  const images = await systems.images();
  const [newest, second] = await images.images(service('charge-central'), 'prod', 2);
  expect(newest).toMatchObject({
    version: '1.0.283',
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
  expect(second?.version).toBe('1.0.282');
  expect(await images.image(service('charge-central'), 'prod', '1.0.282')).toEqual(second);
  expect(await images.image(service('charge-central'), 'prod', '9.9.9')).toBeNull();
  expect(await images.image(service('charge-central'), 'prod', 'no tag at all')).toBeNull();
});

test('a repository that does not exist is an error, not a missing image', async () => {
  const { systems, service } = await practised();
  const elsewhere = { ...service('charge-central'), image: 'nowhere' };
  await expect((await systems.images()).image(elsewhere, 'prod', '1.0.282')).rejects.toMatchObject({
    code: 'not_found',
    details: { vendorCode: 'RepositoryNotFoundException' },
  });
});

test('labels of two versions: five requests, without credentials where the registry keeps its layers', async () => {
  const { systems, service, operations } = await practised();
  const images = await systems.images();
  const labels = await images.labels(service('charge-central'), 'prod', ['1.0.283', '1.0.280', '9.9.9']);
  expect([...labels.keys()]).toEqual(['1.0.283', '1.0.280']);
  expect(labels.get('1.0.283')?.get('oncall.database')).toBe('15');
  expect(labels.get('1.0.280')?.get('oncall.database')).toBe('14');
  expect(labels.get('1.0.283')?.get('org.opencontainers.image.version')).toBe('1.0.283');
  expect(operations().toSorted()).toEqual([
    'BatchGetImage',
    'GetDownloadUrlForLayer',
    'GetDownloadUrlForLayer',
    'GetObject',
    'GetObject',
  ]);
});

test('labels of an image for several platforms', async () => {
  const { systems, service, world, operations } = await practised();
  const image = world.state.images.find(({ repository }) => repository === 'image-resizer');
  const { labels } = await systems.images();
  const found = await labels(service('image-resizer'), 'prod', [image?.tag ?? '']);
  expect(Object.fromEntries(found.get(image?.tag ?? '') ?? [])).toEqual(image?.labels);
  expect(operations().filter((each) => each === 'BatchGetImage')).toHaveLength(2);
});

test('what the storage gives is the configuration that the manifest names, or nothing', async () => {
  const { systems, service, fault } = await practised();
  const { labels } = await systems.images();
  const read = () => labels(service('charge-central'), 'prod', ['1.0.283']);
  fault('GetObject', 'garbage');
  await expect(read()).rejects.toMatchObject({ code: 'unreadable' });
  fault('GetObject', 'status', { status: 403 });
  await expect(read()).rejects.toMatchObject({ code: 'forbidden' });
  fault('BatchGetImage', 'status', { status: 403 });
  await expect(read()).rejects.toMatchObject({ code: 'forbidden' });
  expect((await read()).size).toBe(1);
});

test('a version that cannot be a tag has no labels, and nobody is asked', async () => {
  const { systems, service, operations } = await practised();
  const { labels } = await systems.images();
  expect((await labels(service('charge-central'), 'prod', ['no tag at all'])).size).toBe(0);
  expect(operations()).toEqual([]);
});
