import { expect, onTestFinished, test } from 'vitest';
import { toCatalog } from '../../../src/config/catalog.ts';
import { configSchema, userSchema } from '../../../src/config/schema.ts';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { buildkiteServer } from '../../../src/practice/servers/buildkite/index.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import { type PracticeRun, runState } from '../../../src/practice/world/pipeline-run.ts';
import { openReleases } from '../../../src/systems/buildkite/releases.ts';
import type { Transport } from '../../../src/systems/http/transport.ts';

/** Buildkite of the practice world without a wire between, on a clock that the test moves together with the world's. */
function virtual(pageSize?: number) {
  const world = createWorld({ scenario: 'bad-deploy', seed: 1, speed: 1e-9 });
  onTestFinished(() => world.stop());
  const begun = world.now();
  const clock = () => world.now() - begun;
  const server = buildkiteServer(clock);
  const asked: { readonly at: number; readonly path: string; readonly query: string }[] = [];
  const transport: Transport = {
    async request({ url, method, headers, body }) {
      const { pathname, search, origin } = new URL(url);
      const query = new URLSearchParams(search);
      if (pageSize !== undefined) query.set('per_page', String(pageSize));
      asked.push({ at: clock(), path: pathname, query: search });
      const answer = await server.handle(
        {
          method,
          path: pathname,
          query,
          headers: headers ?? {},
          body: Buffer.from(body ?? ''),
          origin,
          instance: null,
        },
        world,
      );
      const told = Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
      return {
        status: answer.status,
        headers: Object.fromEntries(told),
        body: Buffer.from(String(answer.body)),
      };
    },
    stream: () => Promise.reject(new Error('Buildkite streams nothing')),
    now: () => world.now(),
    addSecret: () => undefined,
    redact: (text) => text,
    register: () => undefined,
    report: () => undefined,
    health: () => [],
    onHealth: () => () => undefined,
    requestCount: () => asked.length,
    close: async () => undefined,
  };
  process.env.ONCALL_TEST_TOKEN_BUILDKITE = SECRETS.buildkite.token;
  const names = world.state.services.map(({ name }) => name);
  const config = configSchema.parse({
    tribe: 'Harbour',
    default_environment: 'prod',
    environments: { prod: {}, test: {} },
    squads: [{ id: 'all', name: 'All', escalation_policy: 'P1' }],
    systems: {
      buildkite: {
        url: 'https://buildkite.example/v2',
        organization: 'harbour',
        token: { env: 'ONCALL_TEST_TOKEN_BUILDKITE' },
      },
    },
    services: Object.fromEntries(
      names.map((name) => [name, { squad: 'all', buildkite: { pipeline: name } }]),
    ),
  });
  const catalog = toCatalog(config);
  const loaded = { file: '/oncall.yaml', folder: '/', config, user: userSchema.parse({}), catalog };
  const releases = openReleases({ loaded, transport }, clock);
  const { services } = catalog;
  return {
    world,
    asked,
    names,
    deploys(name: string, environment = 'prod') {
      const service = services.find((one) => one.name === name);
      if (service === undefined) throw new Error(`no service ${name}`);
      return releases.deploys(service, environment, 20);
    },
  };
}

/** All 32 are built by Buildkite here. */
function allInBuildkite({ state }: ReturnType<typeof virtual>['world']): void {
  for (const thing of [...state.services, ...state.pipelineRuns]) {
    Object.assign(thing, 'pipeline' in thing ? { pipeline: 'buildkite' } : { system: 'buildkite' });
  }
}

function waitingRun(world: ReturnType<typeof virtual>['world'], service: string): PracticeRun {
  const run = world.state.pipelineRuns.findLast((one) => one.service === service);
  if (run === undefined || runState(run) !== 'waiting') throw new Error(`nothing of ${service} waits`);
  return run;
}

test('32 services looked at every 30 s for ten minutes: under 30 requests in every minute', async () => {
  const { world, asked, names, deploys } = virtual();
  allInBuildkite(world);
  const known = new Set<string>();
  for (let at = 0; at < 10 * MINUTE; at += SECOND) {
    for (const [index, name] of names.entries()) {
      if (at % (30 * SECOND) !== (index % 30) * SECOND) continue;
      const told = await deploys(name).catch(() => []);
      if (told.length > 0) known.add(name);
    }
    if (at === 3 * MINUTE)
      world.pipelines.start({ ...ORDER, service: 'mailer', version: versionOf('mailer') });
    world.advance(1);
  }
  function versionOf(service: string): string {
    return world.state.images.findLast(({ repository }) => repository === service)?.tag ?? '';
  }
  expect(known.size).toBe(32);
  const inMinutes = Array.from(
    { length: 10 },
    (_, minute) => asked.filter(({ at }) => Math.floor(at / MINUTE) === minute).length,
  );
  expect(Math.max(...inMinutes)).toBeLessThan(30);
  // Once every past is read, the whole organisation costs no more than one service.
  expect(Math.max(...inMinutes.slice(4))).toBeLessThanOrEqual(10);
});

const ORDER = {
  environment: 'prod' as const,
  who: 'sam',
  message: 'Deploy',
  intent: null,
  service: 'charge-central',
  version: '1.0.282',
};

test('whoever asks within 20 s gets what is known, and all at once ask once', async () => {
  const { world, asked, deploys } = virtual();
  await Promise.all([
    deploys('charge-central'),
    deploys('charge-central'),
    deploys('charge-central', 'test'),
  ]);
  expect(asked).toHaveLength(1);
  world.advance(19);
  await deploys('charge-central');
  expect(asked).toHaveLength(1);
  world.advance(2);
  await Promise.all([deploys('charge-central'), deploys('charge-central', 'test')]);
  // What is under way, and what has finished since.
  expect(asked).toHaveLength(3);
});

test('a deploy is seen as it is queued, runs and ends; one that was unblocked elsewhere too', async () => {
  const { world, deploys } = virtual();
  const newest = async (service: string) => {
    world.advance(21);
    return (await deploys(service))[0];
  };
  await deploys('charge-central');
  await deploys('ledger-api');
  world.pipelines.start(ORDER);
  const run = waitingRun(world, 'ledger-api');
  world.pipelines.unblock(run, run.steps.find(({ kind }) => kind === 'block')?.id ?? '', 'mei');
  expect(await newest('charge-central')).toMatchObject({
    version: '1.0.282',
    reference: '#413',
    status: 'in_progress',
  });
  expect(await newest('ledger-api')).toMatchObject({
    who: 'Mei Tanaka',
    status: 'in_progress',
    waiting: null,
  });
  world.advance(400);
  expect(await newest('charge-central')).toMatchObject({ reference: '#413', status: 'succeeded' });
  expect(await newest('ledger-api')).toMatchObject({ version: run.version, status: 'succeeded' });
});

test('what finished between two looks is read over several pages', async () => {
  const { world, asked, deploys } = virtual(1);
  const services = ['charge-central', 'mailer', 'dunning'];
  for (const service of services) await deploys(service);
  const runs = services.map((service) => {
    const image = world.state.images.filter(({ repository }) => repository === service).at(-2);
    return world.pipelines.start({ ...ORDER, service, version: image?.tag ?? '' });
  });
  world.advance(8 * 60);
  for (const [index, service] of services.entries()) {
    expect((await deploys(service))[0]).toMatchObject({
      reference: `#${runs[index]?.number}`,
      status: 'succeeded',
    });
  }
  const pages = asked.filter(({ query }) => query.includes('finished_from'));
  expect(pages.map(({ query }) => new URLSearchParams(query).get('page'))).toEqual([null, '2', '3']);
});

test('a build that is canceled while it waits is no longer shown', async () => {
  const { world, deploys, asked } = virtual();
  expect((await deploys('ledger-api'))[0]?.status).toBe('waiting');
  const run = waitingRun(world, 'ledger-api');
  world.state.pipelineRuns.splice(world.state.pipelineRuns.indexOf(run), 1);
  world.advance(70);
  expect((await deploys('ledger-api'))[0]?.status).toBe('succeeded');
  expect(asked.at(-1)?.path).toContain(`/builds/${run.number}`);
});

test('after a long while without looking, a past is read anew', async () => {
  const { world, asked, deploys } = virtual();
  await deploys('charge-central');
  world.advance(45 * 60);
  await deploys('charge-central');
  expect(asked.map(({ path }) => path.endsWith('/pipelines/charge-central/builds'))).toEqual([true, true]);
});
