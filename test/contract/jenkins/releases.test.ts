import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { type Answers, failureOf, type JenkinsWorld, jenkinsWorld, rewriting } from './jenkins.ts';

let jenkins: JenkinsWorld;
beforeAll(async () => {
  jenkins = await jenkinsWorld();
});
afterAll(() => jenkins[Symbol.asyncDispose]());

const BUILDS = 'GET /job/{job}/api/json';
const RUNS = 'GET /job/{job}/wfapi/runs';
const DESCRIBE = 'GET /job/{job}/{build}/wfapi/describe';

interface Told {
  readonly status: string;
  readonly stages: readonly object[];
}

/** What the plugin tells of stages, each with these fields instead. */
const stages = (fields: object): Answers =>
  rewriting(/wfapi\/(runs|describe)$/, (body: Told | readonly Told[]) => {
    const told = (run: Told) => ({ ...run, stages: run.stages.map((stage) => ({ ...stage, ...fields })) });
    return Array.isArray(body) ? body.map(told) : told(body as Told);
  });

test('a build is a deploy to each environment that a stage of it deploys to, at that stage’s time', async () => {
  const { practised, deploys } = await jenkins.open();
  const [prod] = await deploys('session-store');
  const [test] = await deploys('session-store', 'test');
  const own = practised.world.state.deploys.filter(({ service }) => service === 'session-store');
  const last = own.findLast(({ environment }) => environment === 'prod');
  const tested = own.findLast(({ environment }) => environment === 'test');
  expect(prod).toEqual({
    service: 'session-store',
    environment: 'prod',
    version: last?.version,
    status: 'succeeded',
    startedAt: last?.startedAt,
    finishedAt: last?.finishedAt,
    who: last?.who,
    reference: `#${last?.build}`,
    source: 'jenkins',
    sources: ['jenkins'],
    url: `${practised.loaded.config.systems.jenkins?.url}/job/deploys/job/session-store/${last?.build}/`,
    waiting: null,
  });
  const { version, startedAt } = tested ?? {};
  expect(test).toMatchObject({ version, startedAt, reference: `#${tested?.build}` });
});

test('a service that Jenkins does not deploy: nothing, and nothing is asked', async () => {
  const { deploys, operations } = await jenkins.open();
  expect(await deploys('charge-central')).toEqual([]);
  expect(operations()).toEqual([]);
});

test('a build that waits at an input: a deploy of what comes next, to be let go on', async () => {
  const { practised, deploys } = await jenkins.open();
  const [waits] = await deploys('login');
  const run = practised.world.state.pipelineRuns.findLast(({ service }) => service === 'login');
  const block = run?.steps.find((step) => step.kind === 'block');
  const since = block?.kind === 'block' ? block.since : null;
  expect(waits).toMatchObject({
    status: 'waiting',
    version: run?.version,
    startedAt: since,
    finishedAt: null,
  });
  expect(waits?.waiting).toEqual({
    system: 'jenkins',
    id: `deploys%2Flogin/${run?.number}/Approve`,
    label: 'Deploy to production?',
    since,
    asks: [],
    url: expect.stringMatching(/\/job\/deploys\/job\/login\/\d+\/input\/$/),
  });
  expect((await deploys('login', 'test'))[0]).toMatchObject({ status: 'succeeded', waiting: null });
});

test('history over more than one answer: older builds one by one, once each', async () => {
  const { deploys, count } = await jenkins.open();
  const all = await deploys('login');
  const times = all.map(({ startedAt }) => startedAt);
  expect(times.length).toBeGreaterThan(8);
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  expect([count(BUILDS), count(RUNS)]).toEqual([1, 1]);
  const described = count(DESCRIBE);
  expect(described).toBeGreaterThan(0);
  expect(await deploys('login')).toHaveLength(all.length);
  // The one that waits alone is read anew.
  expect([count(BUILDS), count(RUNS), count(DESCRIBE)]).toEqual([2, 1, described + 1]);
});

test('few are wanted: no more are read', async () => {
  const { deploys, count } = await jenkins.open();
  expect(await deploys('session-store', 'prod', 2)).toHaveLength(2);
  expect(count(DESCRIBE)).toBe(0);
});

test('a status that is not known: as Jenkins tells of the build itself', async () => {
  const { deploys } = await jenkins.open({ answers: stages({ status: 'QUARANTINED' }) });
  expect((await deploys('session-store', 'prod', 1))[0]).toMatchObject({ status: 'succeeded' });
});

test('a plugin that tells no start of its stages: they follow each other', async () => {
  const { practised, deploys } = await jenkins.open({ answers: stages({ startTimeMillis: 0 }) });
  const [newest] = await deploys('session-store', 'test', 1);
  const { deploys: all } = practised.world.state;
  const own = all.findLast((one) => one.service === 'session-store' && one.environment === 'test');
  const late = (own?.startedAt ?? 0) - (newest?.startedAt ?? 0);
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(60 * 60_000);
});

test('a build killed while it deployed is over, whatever its stage says', async () => {
  const left = stages({ status: 'IN_PROGRESS' });
  const answers: Answers = (request, answer) =>
    /session-store\/api\/json$/.test(request.path)
      ? { ...answer, body: String(answer.body).replaceAll('"result":"SUCCESS"', '"result":"ABORTED"') }
      : left(request, answer);
  const { deploys } = await jenkins.open({ answers });
  const [newest] = await deploys('session-store', 'prod', 1);
  expect(newest).toMatchObject({ status: 'cancelled', finishedAt: expect.any(Number) });
});

test('a job that is no pipeline: a build is the deploy that its parameter names', async () => {
  const answers: Answers = (request, answer) =>
    request.path.includes('/wfapi/') ? { ...answer, status: 404, body: '' } : answer;
  const { practised, deploys, pipeline, order } = await jenkins.open({ answers });
  expect(await deploys('audit-trail')).toEqual([]);
  const { version } = order('audit-trail');
  await pipeline.start(order('audit-trail'));
  practised.world.advance(10);
  expect(await deploys('audit-trail')).toEqual([
    expect.objectContaining({ version, status: 'in_progress', who: 'Sam Okafor' }),
  ]);
  expect(await deploys('audit-trail', 'test')).toEqual([]);
});

test('a parameter whose value is kept from everybody', async () => {
  const secret = { _class: 'hudson.model.PasswordParameterValue', name: 'KEY' };
  const answers = rewriting(/consent\/api\/json$/, (job: { builds: { actions: object[] }[] }) => ({
    ...job,
    builds: job.builds.map((build) => ({
      ...build,
      actions: [...build.actions, { parameters: [secret] }, null],
    })),
  }));
  const { deploys } = await jenkins.open({ answers });
  expect(await deploys('consent', 'prod', 1)).toHaveLength(1);
});

test.each([
  ['a wrong token', 401, 'unauthorized', 'username and token'],
  ['a login that a proxy took away', 403, 'unauthorized', 'sees nobody'],
  ['a job that is not there, or not seen', 404, 'not_found', 'Job/Read'],
] as const)('%s', async (_what, status, code, text) => {
  const seen = { 'X-You-Are-Authenticated-As': 'anonymous' };
  const answers: Answers = (_request, answer) => ({ ...answer, status, body: '', headers: seen });
  const { deploys } = await jenkins.open({ answers });
  const failure = await failureOf(deploys('login'));
  expect(failure).toMatchObject({ code, system: 'jenkins' });
  expect(failure.message).toContain(text);
});

test('an expired token is got once more', async () => {
  const { deploys, count } = await jenkins.open({ user: { username: 'sam', token: 'expired' } });
  expect((await failureOf(deploys('login'))).code).toBe('unauthorized');
  process.env.ONCALL_TEST_TOKEN_JENKINS = SECRETS.jenkins.token;
  expect(await deploys('login', 'prod', 1)).toHaveLength(1);
  expect(count(BUILDS)).toBe(3);
});

test('a proxy before it: its 503 is passed over, its page is no answer, its 429 is obeyed', async () => {
  const { practised, deploys } = await jenkins.open();
  practised.fault(BUILDS, { fault: 'status', status: 503 });
  expect(await deploys('login', 'prod', 1)).toHaveLength(1);
  practised.fault(BUILDS, { fault: 'garbage' });
  expect((await failureOf(deploys('profile-api'))).code).toBe('unreadable');
  practised.fault(BUILDS, { fault: 'status', status: 429, headers: { 'Retry-After': '3600' } });
  expect(await failureOf(deploys('consent'))).toMatchObject({
    code: 'rate_limited',
    details: { status: 429 },
  });
});
