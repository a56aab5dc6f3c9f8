import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { githubServer } from '../../../src/practice/servers/github/index.ts';
import type { PracticeServer } from '../../../src/practice/servers/server.ts';
import { openDeployments } from '../../../src/systems/github/releases.ts';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import { type Practised, practise } from '../practised.ts';

const LIST = 'GET /repos/{owner}/{repo}/deployments';
const STATUSES = 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses';

let shared: Practised;
beforeAll(async () => {
  shared = await practise(githubServer(), { token: SECRETS.github.token });
});
afterAll(() => shared[Symbol.asyncDispose]());
beforeEach(() => {
  // A practice server of one test takes it along when it ends.
  process.env.ONCALL_TEST_TOKEN_GITHUB = SECRETS.github.token;
});

/** A reader that has read nothing yet, and what it has asked since. */
function reader(practised = shared, monotonic?: () => number) {
  const transport = openTransport();
  onTestFinished(() => transport.close());
  const releases = openDeployments({ loaded: practised.loaded, transport }, monotonic);
  const from = practised.operations().length;
  return {
    read: (service: string, limit = 10) => releases.deploys(practised.service(service), 'prod', limit),
    asked: () => practised.operations().slice(from),
  };
}

async function fresh(server: PracticeServer): Promise<Practised> {
  const practised = await practise(server, { token: SECRETS.github.token });
  onTestFinished(() => practised[Symbol.asyncDispose]());
  return practised;
}

interface Rewriting {
  readonly query?: (query: URLSearchParams) => void;
  readonly body?: (body: unknown, path: string) => unknown;
}

/** The server with what it is asked, and what it says, rewritten. */
function rewritten({ query, body }: Rewriting): Promise<Practised> {
  const server = githubServer();
  return fresh({
    ...server,
    async handle(request, world) {
      query?.(request.query);
      const answer = await server.handle(request, world);
      if (body === undefined || answer.status !== 200) return answer;
      const said: unknown = JSON.parse(String(answer.body));
      return { ...answer, body: JSON.stringify(body(said, request.path)) };
    },
  });
}

function shrunk(size: number): Rewriting {
  return { query: (query) => query.has('environment') && query.set('per_page', String(size)) };
}

/** What the world knows of production, newest first. */
function truth(service: string, practised = shared) {
  return practised.world.state.deploys
    .filter((one) => one.service === service && one.environment === 'prod')
    .toSorted((one, other) => other.startedAt - one.startedAt);
}

test('deploys of a service in one environment, as they went', async () => {
  const deploys = await reader().read('mailer', 5);
  const known = truth('mailer').slice(0, 5);
  expect(
    deploys.map(({ version, status, startedAt, finishedAt, who }) => ({
      version,
      status,
      startedAt,
      finishedAt,
      who,
    })),
  ).toEqual(
    known.map(({ version, status, startedAt, finishedAt, who }) => ({
      version,
      status,
      startedAt,
      finishedAt,
      who,
    })),
  );
  expect(deploys[0]).toMatchObject({
    service: 'mailer',
    environment: 'prod',
    source: 'github',
    sources: ['github'],
    url: expect.stringMatching(/^https:\/\/github\.harbour\.example\/harbour\/mailer\/actions\/runs\/\d+$/),
    waiting: null,
  });
});

test('several pages, each version once, whether its ref or its payload tells it', async () => {
  const { read, asked } = reader(await rewritten(shrunk(4)));
  const versions = (await read('mailer', 30)).map(({ version }) => version);
  const known = truth('mailer').map(({ version }) => version);
  expect(versions).toEqual(known);
  expect(asked().filter((one) => one === LIST)).toHaveLength(Math.ceil(known.length / 4));
});

test('nothing changed: asked once a minute, answered 304; how it ended is asked once', async () => {
  let now = 0;
  const { read, asked } = reader(shared, () => now);
  const first = await read('mailer', 4);
  expect(asked()).toEqual([LIST, ...Array.from({ length: 4 }, () => STATUSES)]);
  now = 30_000;
  expect(await read('mailer', 4)).toEqual(first);
  expect(asked()).toHaveLength(5);
  now = 70_000;
  expect(await read('mailer', 4)).toEqual(first);
  expect(asked()).toHaveLength(6);
  expect(shared.host.log.all().at(-1)).toMatchObject({ operation: LIST, status: 304 });
});

test('a new one shows while it goes on, and how it ends', async () => {
  const practised = await fresh(githubServer());
  const { world } = practised;
  let now = 0;
  const { read } = reader(practised, () => now);
  const before = await read('mailer', 3);
  const stack = world.state.stacks.find(({ name }) => name === 'mailer');
  const [, back] = truth('mailer', practised);
  if (stack === undefined || back === undefined) throw new Error('no stack');
  const parameters = { ...stack.parameters, ImageTag: back.version };
  world.stacks.update(stack, { parameters, tags: null, token: null, who: 'sam' });
  now = 61_000;
  expect((await read('mailer', 3))[0]).toMatchObject({
    version: back.version,
    status: 'in_progress',
    finishedAt: null,
  });
  world.advance(10 * 60);
  expect(await read('mailer', 3)).toMatchObject([
    { version: back.version, status: 'succeeded', finishedAt: expect.any(Number) },
    { version: before[0]?.version },
    { version: before[1]?.version },
  ]);
});

test('a state that is not known goes on, and is shown as it is', async () => {
  const teleported = (body: unknown, path: string) =>
    path.endsWith('/statuses') && Array.isArray(body)
      ? body.slice(0, 1).map((one) => ({ ...one, state: 'tele\u001bported', created_at: new Date() }))
      : body;
  const { read } = reader(await rewritten({ body: teleported }));
  expect((await read('mailer', 1))[0]).toMatchObject({ status: 'in_progress', reference: 'tele␛ported' });
});

test('a repository without deployments, and a service without one', async () => {
  const { read, asked } = reader();
  expect(await read('charge-central')).toEqual([]);
  expect(asked()).toEqual([LIST]);
  const config = structuredClone(shared.loaded.config);
  delete config.services.mailer?.repo;
  const transport = openTransport();
  onTestFinished(() => transport.close());
  const releases = openDeployments({ loaded: { ...shared.loaded, config }, transport });
  expect(await releases.deploys(shared.service('mailer'), 'prod', 5)).toEqual([]);
  expect(transport.requestCount('github')).toBe(0);
});

test('an expired token, a limit, half an answer', async () => {
  const { read } = reader();
  shared.fault(LIST, { fault: 'status', status: 401 });
  await expect(read('mailer')).rejects.toMatchObject({ code: 'unauthorized' });
  shared.fault(LIST, { fault: 'truncate' });
  await expect(read('mailer')).rejects.toMatchObject({ code: 'unreadable' });
  shared.fault(LIST, { fault: 'status', status: 403, headers: { 'retry-after': '40' } });
  await expect(read('mailer')).rejects.toMatchObject({ code: 'rate_limited' });
  await expect(read('mailer')).rejects.toMatchObject({ message: expect.stringContaining('asked again in') });
});
