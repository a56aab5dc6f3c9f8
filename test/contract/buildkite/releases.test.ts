import { expect, test } from 'vitest';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { buildkiteServer } from '../../../src/practice/servers/buildkite/index.ts';
import { failureOf, practisedBuildkite, rewriting, withJobs } from './buildkite.ts';

const PAST = 'GET /organizations/{org}/pipelines/{pipeline}/builds';
const ALL = 'GET /organizations/{org}/builds';

test('the deploys of a pipeline, each environment for itself, told by the job that made them', async () => {
  const { deploys, count } = await practisedBuildkite();
  const prod = await deploys('charge-central');
  expect(prod[0]).toEqual({
    service: 'charge-central',
    environment: 'prod',
    version: '1.0.283',
    status: 'succeeded',
    startedAt: Date.parse('2026-11-17T02:56:17Z'),
    finishedAt: Date.parse('2026-11-17T03:02:00Z'),
    who: 'Dora Lindqvist',
    reference: '#412',
    source: 'buildkite',
    sources: ['buildkite'],
    url: 'https://buildkite.com/harbour/charge-central/builds/412',
    waiting: null,
  });
  expect(prod[1]).toMatchObject({ version: '1.0.282', reference: '#409' });
  const test = await deploys('charge-central', 'test');
  expect(test[0]).toMatchObject({ version: '1.0.283', environment: 'test', reference: '#412' });
  expect(test[0]?.finishedAt).toBeLessThan(prod[0]?.startedAt ?? 0);
  // Branches build only, and a service that is built elsewhere is not asked for.
  expect(prod.map(({ reference }) => reference)).not.toContain('#411');
  expect(await deploys('login')).toEqual([]);
  expect(count(PAST)).toBe(1);
  expect(count(ALL)).toBe(0);
});

test('a build that waits to be let into prod: what it waits at, since when, and nothing asked', async () => {
  const { practised, deploys } = await practisedBuildkite();
  const [waiting, running] = await deploys('ledger-api');
  const [inTest] = await deploys('ledger-api', 'test');
  expect(waiting).toMatchObject({ status: 'waiting', version: inTest?.version, finishedAt: null });
  expect(waiting?.startedAt).toBe(inTest?.finishedAt);
  expect(waiting?.waiting).toEqual({
    system: 'buildkite',
    id: expect.stringMatching(/^ledger-api\/\d+\/[0-9a-f-]{36}$/),
    label: 'Release to prod?',
    since: inTest?.finishedAt,
    asks: [],
    url: expect.stringContaining('https://buildkite.com/harbour/ledger-api/builds/'),
  });
  expect(running).toMatchObject({ status: 'succeeded', waiting: null });
  expect(running?.version).not.toBe(waiting?.version);
  expect(practised.operations()).toEqual([PAST, 'GET /organizations/{org}/pipelines/{pipeline}']);
});

test('required fields without a default are asked for; a field that the config fills is not', async () => {
  const configuration = `steps:
  - block: ":rotating_light: Release to prod?"
    fields:
      - {text: Ticket, key: ticket}
      - {select: Which window, key: window, default: now, options: [{label: Now, value: now}]}
      - {text: Remark, key: remark, required: false}
`;
  const server = rewriting((body) => (Array.isArray(body) ? body : { ...(body as object), configuration }));
  const { practised, deploys, pipeline, waiting } = await practisedBuildkite(server);
  expect((await waiting('ledger-api')).asks).toEqual(['Ticket']);
  const keys = practised.loaded.config.services['ledger-api']?.buildkite;
  if (keys === undefined) throw new Error('no pipeline');
  keys.fields.ticket = 'oncall {version}';
  expect((await deploys('ledger-api'))[0]?.waiting?.asks).toEqual([]);
  expect(pipeline.system).toBe('buildkite');
});

test('a block step whose predecessors are not through is blocked, but cannot be unblocked', async () => {
  const { practised } = await practisedBuildkite();
  const run = practised.world.state.pipelineRuns.findLast(({ service }) => service === 'ledger-api');
  const number = run?.number ?? 0;
  const early = await practisedBuildkite(
    withJobs(number, (job) => (job.type === 'manual' ? { ...job, unblockable: false } : job)),
  );
  expect((await early.deploys('ledger-api'))[0]?.status).toBe('succeeded');
  const canceled = await practisedBuildkite(withJobs(number, (job) => job, { state: 'canceled' }));
  expect((await canceled.deploys('ledger-api'))[0]?.status).toBe('succeeded');
});

test.each([
  [
    'a state that is not known here, under way',
    { state: 'levitating', finished_at: null, exit_status: null },
    'in_progress',
  ],
  ['a state that is not known here, ended badly', { state: 'evaporated', exit_status: 1 }, 'failed'],
  ['out of time', { state: 'timed_out' }, 'failed'],
  ['canceled', { state: 'canceled' }, 'cancelled'],
] as const)('a deploy job: %s', async (_what, change, status) => {
  const server = withJobs(412, (job) => (job.step_key === 'deploy-prod' ? { ...job, ...change } : job));
  const { deploys } = await practisedBuildkite(server);
  expect((await deploys('charge-central'))[0]).toMatchObject({ version: '1.0.283', status });
});

test('a step is also known by its label, whatever emoji it wears', async () => {
  const server = withJobs(412, (job) => ({ ...job, step_key: null }));
  const { practised, deploys } = await practisedBuildkite(server);
  const keys = practised.loaded.config.services['charge-central']?.buildkite;
  if (keys === undefined) throw new Error('no pipeline');
  keys.deploy_step = 'Deploy to {environment}';
  expect((await deploys('charge-central'))[0]).toMatchObject({ version: '1.0.283', status: 'succeeded' });
});

test('a next page elsewhere is not asked: the token would go along', async () => {
  const Link = '<https://elsewhere.example/v2/builds?page=2>; rel="next"';
  const { deploys } = await practisedBuildkite(rewriting((body) => body, { Link }));
  const failure = await failureOf(deploys('charge-central'));
  expect(failure).toMatchObject({ code: 'unreadable' });
  expect(failure.message).toContain('elsewhere.example');
});

test('an expired token, a token without the scope, and a pipeline that is not there', async () => {
  const expired = await practisedBuildkite(buildkiteServer(), 'bkua_expired');
  expect(await failureOf(expired.deploys('charge-central'))).toMatchObject({ code: 'unauthorized' });
  expect(expired.count(PAST)).toBe(1);

  const { practised, deploys } = await practisedBuildkite();
  practised.fault(PAST, { fault: 'status', status: 403 });
  const forbidden = await failureOf(deploys('charge-central'));
  expect(forbidden).toMatchObject({ code: 'forbidden' });
  expect(forbidden.message).toContain('read_builds');

  const keys = practised.loaded.config.services['charge-central']?.buildkite;
  if (keys === undefined) throw new Error('no pipeline');
  keys.pipeline = 'nowhere';
  expect(await failureOf(deploys('charge-central'))).toMatchObject({ code: 'not_found' });
});

test('an error in its words', async () => {
  const { practised, deploys } = await practisedBuildkite();
  practised.fault(PAST, { fault: 'status', status: 422 });
  const failure = await failureOf(deploys('charge-central'));
  expect(failure).toMatchObject({ code: 'invalid', details: { status: 422 } });
  expect(failure.message).toBe('Buildkite: Practice fault: HTTP 422 (HTTP 422).');
});

test('a token without read_pipelines: what a step asks for is not known, all else is', async () => {
  const { waiting } = await practisedBuildkite(buildkiteServer(), SECRETS.buildkite.readOnly);
  expect((await waiting('ledger-api')).asks).toEqual([]);
});

test('50 requests a minute: a 429 is told with the time of the person’s own limit', async () => {
  const { practised, deploys } = await practisedBuildkite();
  const headers = {
    'RateLimit-User-Remaining': '0',
    'RateLimit-User-Reset': '42',
    'RateLimit-Remaining': '120',
    'RateLimit-Reset': '7',
  };
  practised.fault(PAST, { fault: 'status', status: 429, headers });
  const failure = await failureOf(deploys('charge-central'));
  expect(failure).toMatchObject({ code: 'rate_limited', details: { status: 429 } });
  expect(failure.message).toContain('in 42 s');
});

test('hostile texts are made harmless', async () => {
  const server = withJobs(412, (job) => job, { meta_data: { version: '1.0.283\u001b]52;c;aGk=\u0007' } });
  const { deploys } = await practisedBuildkite(server);
  expect((await deploys('charge-central'))[0]?.version).not.toMatch(/\p{Cc}/u);
});
