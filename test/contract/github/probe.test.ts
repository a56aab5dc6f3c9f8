import { afterEach, beforeEach, expect, test } from 'vitest';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { githubServer } from '../../../src/practice/servers/github/index.ts';
import { openProbe } from '../../../src/systems/github/probe.ts';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import { type Practised, practise } from '../practised.ts';

let practised: Practised;
beforeEach(async () => {
  practised = await practise(githubServer(), { token: SECRETS.github.token });
});
afterEach(() => practised[Symbol.asyncDispose]());

async function check(loaded = practised.loaded) {
  const transport = openTransport();
  try {
    return await openProbe({ loaded, transport }).check();
  } finally {
    await transport.close();
  }
}

test('who we are; nothing lacks', async () => {
  expect(await check()).toMatchObject({ identity: 'sam', missing: [], trouble: null });
});

test('a permission that lacks is named as GitHub names it', async () => {
  practised.fault('GET /repos/{owner}/{repo}/commits/{sha}/pulls', { fault: 'status', status: 403 });
  expect(await check()).toMatchObject({ missing: ['Pull requests: read'] });
});

test('what deployments take is asked where they are wanted', async () => {
  practised.fault('GET /repos/{owner}/{repo}/deployments', { fault: 'status', status: 403 }, 2);
  expect(await check()).toMatchObject({ missing: ['Deployments: read'] });
  const config = structuredClone(practised.loaded.config);
  if (config.systems.github !== undefined) config.systems.github.deployments = false;
  expect(await check({ ...practised.loaded, config })).toMatchObject({ missing: [] });
});

test('the token of an app is nobody’s', async () => {
  practised.fault('GET /user', { fault: 'status', status: 403 });
  expect(await check()).toMatchObject({ identity: null, missing: [] });
});

test('a repository that is hidden, or misspelt, is named', async () => {
  const config = structuredClone(practised.loaded.config);
  const service = config.services['charge-central'];
  if (service === undefined) throw new Error('no service');
  service.repo = 'harbour/charge-centrl';
  expect(await check({ ...practised.loaded, config })).toMatchObject({
    trouble: { text: expect.stringContaining('no repository harbour/charge-centrl') },
  });
});

test('a token that is not accepted', async () => {
  practised.fault('GET /user', { fault: 'status', status: 401 });
  await expect(check()).rejects.toMatchObject({ code: 'unauthorized' });
});
