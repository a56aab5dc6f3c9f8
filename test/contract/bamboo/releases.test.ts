import { expect, onTestFinished, test } from 'vitest';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { bambooServer } from '../../../src/practice/servers/bamboo/index.ts';
import { openSystems } from '../../../src/systems/index.ts';
import type { Practised } from '../practised.ts';
import { practisedBamboo, RESULTS, rewritten, truth } from './bamboo.ts';

async function deploys(practised: Practised, service = 'cart', limit = 10, environment = 'prod') {
  return (await practised.systems.releases()).deploys(practised.service(service), environment, limit);
}

test('deploys of a service in one environment, as they went; projects are looked up once', async () => {
  const practised = await practisedBamboo();
  const found = await deploys(practised, 'cart', 5);
  const people = practised.world.state.people;
  expect(
    found.map(({ version, status, startedAt, finishedAt }) => ({ version, status, startedAt, finishedAt })),
  ).toEqual(
    truth(practised, 'cart')
      .slice(0, 5)
      .map(({ version, status, startedAt, finishedAt }) => ({ version, status, startedAt, finishedAt })),
  );
  const url = practised.loaded.config.systems.bamboo?.url;
  expect(found[0]).toMatchObject({
    service: 'cart',
    environment: 'prod',
    who: people.find(({ email }) => email.startsWith(`${truth(practised, 'cart')[0]?.who}@`))?.name,
    reference: expect.stringMatching(/^#\d+$/),
    source: 'bamboo',
    sources: ['bamboo'],
    url: expect.stringContaining(`${url}/deploy/viewDeploymentResult.action?deploymentResultId=`),
    waiting: null,
  });
  // A build deploys to test: that is nobody.
  expect((await deploys(practised, 'cart', 5, 'test'))[0]).toMatchObject({ who: 'unknown' });
  expect(practised.operations()).toEqual([
    'GET /deploy/project/all',
    'GET /deploy/project/{id}',
    RESULTS,
    RESULTS,
  ]);
});

test('a service that Bamboo does not deploy: nothing, without a request', async () => {
  const practised = await practisedBamboo();
  expect(await deploys(practised, 'charge-central')).toEqual([]);
  expect(practised.operations()).toEqual([]);
});

test('several pages, also where they are smaller than asked for, each result once', async () => {
  const small = rewritten({ query: (query) => query.has('max-result') && query.set('max-result', '3') });
  const practised = await practisedBamboo(small);
  const known = truth(practised, 'cart').map(({ version }) => version);
  expect((await deploys(practised, 'cart', 50)).map(({ version }) => version)).toEqual(known);
  const pages = practised.operations().filter((one) => one === RESULTS);
  expect(pages.length).toBeGreaterThanOrEqual(Math.ceil(known.length / 3));
});

test('a server that knows no pages and gives the same again: read twice at most, told once', async () => {
  const deaf = rewritten({ query: (query) => query.delete('start-index') });
  const practised = await practisedBamboo(deaf);
  const found = await deploys(practised, 'cart', 50);
  expect(new Set(found.map(({ reference }) => reference)).size).toBe(found.length);
  expect(practised.operations().filter((one) => one === RESULTS).length).toBeLessThanOrEqual(2);
});

test('states that are not known are kept and shown; text is made safe', async () => {
  const odd = rewritten({
    body: (said, path) => {
      if (!path.endsWith('/results') || !Array.isArray(said.results)) return said;
      const [first, second, third] = said.results;
      return {
        ...said,
        size: 3,
        results: [
          { ...first, lifeCycleState: 'TELE\u001bPORTED', finishedDate: null },
          {
            ...second,
            deploymentState: 'HALFWAY',
            reasonSummary: 'Manual run by <b>Eve \u202e</b>&lt;i&gt;',
          },
          { ...third, lifeCycleState: 'NOT_BUILT', deploymentState: 'UNKNOWN', executedDate: null },
        ],
      };
    },
  });
  const practised = await practisedBamboo(odd);
  expect(await deploys(practised)).toMatchObject([
    { status: 'in_progress', reference: expect.stringMatching(/^#\d+ TELE␛PORTED$/), finishedAt: null },
    { status: 'failed', reference: expect.stringContaining('HALFWAY'), who: 'Eve \ufffd<i>' },
    { status: 'cancelled', reference: expect.stringMatching(/^#\d+$/) },
  ]);
});

test('a project or an environment that is not there says which are', async () => {
  const practised = await practisedBamboo();
  const cart = practised.loaded.config.services.cart?.bamboo;
  const checkout = practised.loaded.config.services.checkout?.bamboo;
  if (cart === undefined || checkout === undefined) throw new Error('not deployed by Bamboo');
  cart.project = 'Deploy crat';
  checkout.environments.prod = 'Prodction';
  await expect(deploys(practised)).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('Did you mean Deploy cart?'),
  });
  await expect(deploys(practised, 'checkout')).rejects.toMatchObject({
    message: expect.stringContaining('Did you mean Production?'),
  });
});

test('without Accept it would be XML', async () => {
  const practised = await practisedBamboo();
  const url = `${practised.loaded.config.systems.bamboo?.url}/rest/api/latest/deploy/project/all`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${SECRETS.bamboo.token}` } });
  expect(answer.headers.get('content-type')).toBe('application/xml');
  const practisedXml = await practisedBamboo({
    ...bambooServer(),
    handle: async () => ({ status: 200, headers: { 'Content-Type': 'application/xml' }, body: '<results/>' }),
  });
  await expect(deploys(practisedXml)).rejects.toMatchObject({ code: 'unreadable' });
});

test('an expired token, an error in its words, a limit, a web page', async () => {
  const practised = await practisedBamboo();
  practised.fault('GET /deploy/project/all', { fault: 'status', status: 400 });
  await expect(deploys(practised)).rejects.toMatchObject({
    code: 'invalid',
    message: 'Bamboo: practice fault: HTTP 400 (HTTP 400).',
  });
  practised.fault('GET /deploy/project/all', { fault: 'status', status: 401 });
  await expect(deploys(practised)).rejects.toMatchObject({
    code: 'unauthorized',
    message: expect.stringContaining('systems.bamboo.token'),
  });
  practised.fault(RESULTS, { fault: 'garbage' });
  await expect(deploys(practised)).rejects.toMatchObject({ code: 'unreadable' });
  practised.fault(RESULTS, { fault: 'status', status: 429, headers: { 'retry-after': '86400' } });
  await expect(deploys(practised)).rejects.toMatchObject({ code: 'rate_limited' });
});

test('the stacks do not answer: what Bamboo tells is shown; of a service that it does not know that is a failure', async () => {
  const practised = await practisedBamboo();
  const config = structuredClone(practised.loaded.config);
  const { prod } = config.environments;
  if (prod === undefined) throw new Error('no prod');
  prod.aws = {
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:9',
    credentials_file: '/nowhere/credentials',
  };
  const systems = openSystems({ ...practised.loaded, config });
  onTestFinished(() => systems.close());
  const releases = await systems.releases();
  const [newest] = await releases.deploys(practised.service('cart'), 'prod', 3);
  expect(newest).toMatchObject({ version: truth(practised, 'cart')[0]?.version, sources: ['bamboo'] });
  await expect(releases.deploys(practised.service('charge-central'), 'prod', 3)).rejects.toMatchObject({
    system: 'aws',
  });
});
