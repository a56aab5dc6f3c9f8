import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Service } from '../../../src/model/catalog.ts';
import type { Images } from '../../../src/model/ports/index.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { registryServer } from '../../../src/practice/servers/registry/index.ts';
import type { PracticeImage } from '../../../src/practice/world/state.ts';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import { openProbe } from '../../../src/systems/registry/probe.ts';
import { type Practised, practise } from '../practised.ts';

const MANIFEST = 'HEAD /v2/{name}/manifests/{reference}';
const LOGIN = { repository: 'identity/login' };

let practised: Practised;
let images: Images;
beforeEach(async () => {
  practised = await practise(registryServer(), { token: SECRETS.registry.password });
  images = await practised.systems.images();
});
afterEach(() => practised[Symbol.asyncDispose]());

function service(name: string): Service {
  return practised.service(name);
}

/** Newest first. */
function pushed({ repository }: { repository: string }): PracticeImage[] {
  return practised.world.state.images
    .filter((image) => image.repository === repository)
    .toSorted((one, other) => other.pushedAt - one.pushedAt);
}

function count(operation: string): number {
  return practised.operations().filter((each) => each === operation).length;
}

test('images are newest first though the tags come in no order, on pages as small as the registry likes', async () => {
  const found = await images.images(service('login'), 'prod', 1_000);
  const all = pushed(LOGIN);
  expect(all.length).toBeGreaterThan(20);
  expect(found).toEqual(
    all.map(({ tag, digest, pushedAt }) => ({
      version: tag,
      digest,
      pushedAt: Math.floor(pushedAt / 1_000) * 1_000,
    })),
  );
  expect(count('GET /v2/{name}/tags/list')).toBe(1 + Math.ceil(all.length / 10));
  expect(await images.images(service('login'), 'prod', 2)).toEqual(found.slice(0, 2));
});

test('one image is found by its tag; one that is not there is null; a missing repository is an error', async () => {
  const [newest] = pushed(LOGIN);
  expect(await images.image(service('login'), 'prod', newest?.tag ?? '')).toMatchObject({
    version: newest?.tag,
    digest: newest?.digest,
  });
  expect(await images.image(service('login'), 'prod', '9.9.9')).toBeNull();
  const asked = practised.operations().length;
  expect(await images.image(service('login'), 'prod', 'no tag at all')).toBeNull();
  expect(practised.operations()).toHaveLength(asked);
  const nowhere = { ...service('login'), image: 'identity/nowhere' };
  await expect(images.image(nowhere, 'prod', '1.0.0')).rejects.toMatchObject({
    code: 'not_found',
    details: { vendorCode: 'NAME_UNKNOWN' },
  });
  const wrong = { ...service('login'), image: '../login:latest' };
  await expect(images.image(wrong, 'prod', '1.0.0')).rejects.toMatchObject({ code: 'not_configured' });
});

test('labels come from the configuration; what is known of a digest is not asked for again', async () => {
  const [newest, second] = pushed(LOGIN);
  const read = () => images.labels(service('login'), 'prod', [newest?.tag ?? '', second?.tag ?? '', '9.9.9']);
  const labels = await read();
  expect([...labels.keys()]).toEqual([newest?.tag, second?.tag]);
  expect(Object.fromEntries(labels.get(newest?.tag ?? '') ?? [])).toEqual(newest?.labels);
  expect(count('GET /storage/{digest}')).toBe(2);
  await read();
  expect(count('GET /storage/{digest}')).toBe(2);
  expect(count('GET /v2/{name}/manifests/{reference}')).toBe(2);
});

test('labels of an image for several platforms, by the digest of the list that the tag names', async () => {
  const [image] = pushed({ repository: 'identity/token-issuer' });
  expect(image?.platforms).toHaveLength(2);
  const tag = image?.tag ?? '';
  expect((await images.image(service('token-issuer'), 'prod', tag))?.digest).toBe(image?.digest);
  const labels = await images.labels(service('token-issuer'), 'prod', [tag]);
  expect(Object.fromEntries(labels.get(tag) ?? [])).toEqual(image?.labels);
});

test('a token is got once for all that is asked at the same time, kept, and got anew when it expired', async () => {
  const [one, other] = pushed(LOGIN);
  const read = () =>
    Promise.all([one, other].map((each) => images.image(service('login'), 'prod', each?.tag ?? '')));
  await read();
  expect(count('GET /token')).toBe(1);
  practised.world.advance(600);
  await read();
  expect(count('GET /token')).toBe(2);
});

test('a password that is not accepted, a repository that may not be pulled, and a limit', async () => {
  process.env.ONCALL_TEST_TOKEN_REGISTRY = 'an old password';
  const read = () => images.image(service('login'), 'prod', pushed(LOGIN)[0]?.tag ?? '');
  await expect(read()).rejects.toMatchObject({
    code: 'unauthorized',
    details: { vendorCode: 'UNAUTHORIZED' },
    message: expect.stringContaining('systems.registry'),
  });
  process.env.ONCALL_TEST_TOKEN_REGISTRY = SECRETS.registry.password;
  practised.fault(MANIFEST, { fault: 'status', status: 403 });
  await expect(read()).rejects.toMatchObject({ code: 'forbidden' });
  practised.fault('GET /v2/{name}/tags/list', { fault: 'status', status: 400 });
  await expect(images.images(service('login'), 'prod', 5)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(
      /^The registry does not give .*: practice fault: HTTP 400 \(HTTP 400\)\.$/i,
    ),
    details: { vendorCode: expect.any(String) },
  });
  practised.fault(MANIFEST, { fault: 'status', status: 429, headers: { 'Retry-After': '60' } });
  await expect(read()).rejects.toMatchObject({
    code: 'rate_limited',
    details: { retryAt: expect.any(Number) },
  });
});

test('a storage that gives something else: no labels, but the image is there all the same', async () => {
  const tag = pushed(LOGIN)[0]?.tag ?? '';
  practised.fault('GET /storage/{digest}', { fault: 'truncate' });
  await expect(images.labels(service('login'), 'prod', [tag])).rejects.toMatchObject({ code: 'unreadable' });
  practised.fault('GET /storage/{digest}', { fault: 'status', status: 403 });
  expect(await images.image(service('login'), 'prod', tag)).toMatchObject({ version: tag, pushedAt: null });
  expect((await images.image(service('login'), 'prod', tag))?.pushedAt).toBeGreaterThan(0);
});

test('the doctor is told who asks, and what may not be pulled', async () => {
  const transport = openTransport();
  const check = () => openProbe({ loaded: practised.loaded, transport }).check();
  expect(await check()).toMatchObject({ identity: 'oncall', missing: [] });
  practised.fault('GET /v2/{name}/tags/list', { fault: 'status', status: 403 });
  expect(await check()).toMatchObject({
    missing: [expect.stringMatching(/^repository:identity\/[\w-]+:pull$/)],
  });
  await transport.close();
});
