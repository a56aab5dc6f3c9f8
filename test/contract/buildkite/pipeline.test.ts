import { expect, test } from 'vitest';
import type { DeployOrder } from '../../../src/model/ports/index.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { buildkiteServer } from '../../../src/practice/servers/buildkite/index.ts';
import { runState } from '../../../src/practice/world/pipeline-run.ts';
import { failureOf, type PractisedBuildkite, practisedBuildkite, rewriting } from './buildkite.ts';

const SAM = 'sam@harbour.example';
const START = 'POST /organizations/{org}/pipelines/{pipeline}/builds';
const UNBLOCK = 'PUT /organizations/{org}/pipelines/{pipeline}/builds/{number}/jobs/{job}/unblock';

function order({ practised }: PractisedBuildkite): DeployOrder {
  const since = practised.world.now();
  const service = practised.service('charge-central');
  return { service, environment: 'prod', version: '1.0.282', intent: 'oc-42', who: SAM, since };
}

function runs({ practised }: PractisedBuildkite, service: string) {
  return practised.world.state.pipelineRuns.filter((run) => run.service === service);
}

test('unblocked once: the step waits no more, and the deploy begins', async () => {
  const stage = await practisedBuildkite();
  const { practised, pipeline, waiting, count } = stage;
  const step = await waiting('ledger-api');
  expect(await pipeline.waiting(step)).toEqual(step);
  await pipeline.unblock(step, SAM);
  expect(count(UNBLOCK)).toBe(1);
  expect(await pipeline.waiting(step)).toBeNull();
  const again = await failureOf(pipeline.unblock(step, SAM));
  expect(again).toMatchObject({ code: 'invalid', mayHaveHappened: false });
  expect(again.message).toContain('already been unblocked');
  practised.world.advance(10);
  const run = runs(stage, 'ledger-api').at(-1);
  expect(run && runState(run)).toBe('running');
  expect(run?.steps.find(({ kind }) => kind === 'block')).toMatchObject({ unblocked: { who: 'sam' } });
});

test('the fields of the config go along, filled in', async () => {
  const { practised, pipeline, waiting } = await practisedBuildkite();
  const keys = practised.loaded.config.services['ledger-api']?.buildkite;
  if (keys === undefined) throw new Error('no pipeline');
  keys.fields.reason = 'oncall puts {version} to {environment}';
  const step = await waiting('ledger-api');
  await pipeline.unblock(step, SAM);
  const sent = practised.host.log.all().find(({ mutation }) => mutation);
  expect(JSON.stringify(sent?.body)).toMatch(/oncall puts \d+\.\d+\.\d+ to prod/);
});

test('a deploy that is started is found by its intent, from the queue to its end', async () => {
  const stage = await practisedBuildkite();
  const { practised, pipeline, count } = stage;
  const ordered = order(stage);
  expect(pipeline.cannotStart(ordered.service, 'prod')).toBeNull();
  expect((await practised.systems.pipeline('buildkite')).system).toBe(pipeline.system);
  expect(await pipeline.run(ordered)).toBeNull();
  await pipeline.start(ordered);
  expect(count(START)).toBe(1);
  expect(runs(stage, 'charge-central').at(-1)).toMatchObject({
    number: 413,
    intent: 'oc-42',
    version: '1.0.282',
    message: `Deploy 1.0.282 to prod (oncall, ${SAM})`,
  });
  const reference = '#413';
  const url = 'https://buildkite.com/harbour/charge-central/builds/413';
  expect(await pipeline.run(ordered)).toEqual({
    state: 'queued',
    at: 'Deploy to prod',
    reference,
    url,
    waiting: null,
    output: [],
  });
  // Whoever watches closely gets what was told a moment ago.
  const asked = practised.operations().length;
  practised.world.advance(3);
  expect(await pipeline.run(ordered)).toMatchObject({ state: 'queued' });
  expect(practised.operations()).toHaveLength(asked);
  practised.world.advance(60);
  expect(await pipeline.run(ordered)).toMatchObject({ state: 'running', at: 'Deploy to prod' });
  practised.world.advance(400);
  expect(await pipeline.run(ordered)).toMatchObject({ state: 'succeeded', reference, url });
  expect(practised.world.activeEffects()).toEqual([]);
});

test('a build that failed tells its last words, without the agent’s time stamps and colours', async () => {
  const stage = await practisedBuildkite();
  const { practised, pipeline } = stage;
  const stack = practised.world.state.stacks.find(({ name }) => name === 'charge-central');
  if (stack === undefined) throw new Error('no stack');
  stack.status = 'UPDATE_IN_PROGRESS';
  await pipeline.start(order(stage));
  practised.world.advance(10);
  const run = await pipeline.run(order(stage));
  expect(run).toMatchObject({ state: 'failed', at: 'Deploy to prod' });
  expect(run?.output).toEqual([
    '$ bin/deploy charge-central 1.0.282 prod',
    expect.stringMatching(/^Stack:arn:.* is in UPDATE_IN_PROGRESS state and can not be updated\.$/),
  ]);
});

test('a state that is not known here is under way, and told as it is', async () => {
  const stage = await practisedBuildkite(
    rewriting((body) => (Array.isArray(body) ? body.map((one) => ({ ...one, state: 'pondering' })) : body)),
  );
  await stage.pipeline.start(order(stage));
  expect(await stage.pipeline.run(order(stage))).toMatchObject({ state: 'running', at: 'pondering' });
});

test('a build that was started and waits for somebody says so', async () => {
  const guard = {
    id: '0190046e-e199-453b-a302-a21a4d649d31',
    type: 'manual',
    label: 'Really?',
    state: 'blocked',
    unblockable: true,
  };
  const stage = await practisedBuildkite(
    rewriting((body) =>
      Array.isArray(body)
        ? body.map((one) => ({ ...one, state: 'passed', blocked: true, jobs: [guard, ...one.jobs] }))
        : body,
    ),
  );
  await stage.pipeline.start(order(stage));
  expect(await stage.pipeline.run(order(stage))).toMatchObject({
    state: 'waiting',
    at: 'Really?',
    waiting: { id: `charge-central/413/${guard.id}`, label: 'Really?', since: null },
  });
});

test.each([
  ['reset_before', 409],
  ['reset_after', 413],
] as const)('a start goes once, and reading tells what became of it: %s', async (fault, newest) => {
  const stage = await practisedBuildkite();
  const { practised, pipeline, count } = stage;
  practised.fault(START, { fault });
  expect(await failureOf(pipeline.start(order(stage)))).toMatchObject({
    code: 'reset',
    mayHaveHappened: true,
  });
  expect(count(START)).toBe(1);
  expect((await pipeline.run(order(stage)))?.reference ?? '#409').toBe(`#${newest}`);
});

test('an unblock goes once, also where the token is refused', async () => {
  const { practised, pipeline, waiting, count } = await practisedBuildkite();
  const step = await waiting('ledger-api');
  practised.fault(UNBLOCK, { fault: 'status', status: 401 });
  expect(await failureOf(pipeline.unblock(step, SAM))).toMatchObject({ code: 'unauthorized' });
  expect(count(UNBLOCK)).toBe(1);
  expect(await pipeline.waiting(step)).toEqual(step);
});

test('a token that may only read', async () => {
  const stage = await practisedBuildkite(buildkiteServer(), SECRETS.buildkite.readOnly);
  const failure = await failureOf(stage.pipeline.start(order(stage)));
  expect(failure).toMatchObject({ code: 'forbidden', mayHaveHappened: false });
  expect(failure.message).toContain('write_builds');
});

test('what it cannot do is refused before anything is sent', async () => {
  const { practised, pipeline } = await practisedBuildkite();
  const login = practised.service('login');
  expect(pipeline.cannotStart(login, 'prod')).toContain('services.login.buildkite');
  const step = { system: 'buildkite', id: '../../../user' };
  expect((await failureOf(pipeline.unblock(step, SAM))).code).toBe('not_found');
  expect(practised.operations()).toEqual([]);
});
