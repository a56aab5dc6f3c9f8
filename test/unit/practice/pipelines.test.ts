import { afterEach, expect, test } from 'vitest';
import { createWorld, EPOCH } from '../../../src/practice/world/create.ts';
import { type PracticeRun, runEnd, runState, stepState } from '../../../src/practice/world/pipeline-run.ts';
import { PipelineRefusal } from '../../../src/practice/world/pipelines.ts';
import type { World } from '../../../src/practice/world/world.ts';

let world: World | undefined;
afterEach(() => world?.stop());

function open(): World {
  world?.stop();
  world = createWorld({ scenario: 'bad-deploy', seed: 1, speed: 1 });
  return world;
}

function runsOf({ state }: World, service: string): readonly PracticeRun[] {
  return state.pipelineRuns.filter((run) => run.service === service);
}

function waiting(world: World, service: string) {
  const run = runsOf(world, service).find((each) => runState(each) === 'waiting');
  const block = run?.steps.find(({ kind }) => kind === 'block');
  if (run === undefined || block === undefined) throw new Error(`no build of ${service} waits`);
  return { run, block };
}

test('every service has its pipeline, and the past is the same for the same seed', () => {
  const { state } = open();
  const built = (system: string) => state.services.filter(({ pipeline }) => pipeline === system).length;
  expect([built('buildkite'), built('jenkins'), built('bamboo')]).toEqual([19, 6, 7]);
  expect(JSON.stringify(open().state.pipelineRuns)).toBe(JSON.stringify(state.pipelineRuns));
});

test('every deploy of the past came from a run of its number, and numbers are not used twice', () => {
  const { state } = open();
  const deployed = state.pipelineRuns.flatMap(({ service, number, steps }) =>
    steps.flatMap((step) =>
      step.kind === 'deploy' && step.deploy !== null ? [[service, number, step.deploy]] : [],
    ),
  );
  expect(deployed).toHaveLength(state.deploys.length);
  for (const [service, number, deploy] of deployed) {
    expect(deploy).toMatchObject({ service, build: number });
  }
  const names = state.pipelineRuns.map(({ service, number }) => `${service} ${number}`);
  expect(new Set(names).size).toBe(names.length);
  expect(state.pipelineRuns.every(({ createdAt }) => createdAt < EPOCH)).toBe(true);
});

test('the bad deploy is build 412: built, put in test, let go on by Dora, ended six minutes before the incident', () => {
  const one = open();
  const run = runsOf(one, 'charge-central').find(({ number }) => number === 412);
  expect(run).toMatchObject({ version: '1.0.283', who: 'dora', system: 'buildkite', branch: 'main' });
  expect(run?.message).toBe('Say in the README how to run the specs');
  expect(run?.steps.map((step) => [step.kind, stepState(step)])).toEqual([
    ['build', 'succeeded'],
    ['deploy', 'succeeded'],
    ['block', 'succeeded'],
    ['deploy', 'succeeded'],
  ]);
  expect(run && runEnd(run)).toBe(Date.parse('2026-11-17T03:02:00Z'));
  // The builds between were of branches.
  const between = runsOf(one, 'charge-central').filter(({ number }) => number === 410 || number === 411);
  expect(between.map(({ version, steps }) => [version, steps.length])).toEqual([
    [null, 1],
    [null, 1],
  ]);
});

test.each([
  ['ledger-api', 'buildkite'],
  ['login', 'jenkins'],
  ['checkout', 'bamboo'],
])('a build of %s waits before prod: unblocked once, the update of its stack follows', (service, system) => {
  const one = open();
  const { run, block } = waiting(one, service);
  expect(run.system).toBe(system);
  const stacks = one.state.stacks.filter((stack) => stack.service === service);
  const image = () => stacks.map(({ parameters }) => parameters.ImageTag);
  expect(image()[1]).toBe(run.version);
  expect(image()[0]).not.toBe(run.version);
  expect(runEnd(run)).toBeNull();

  one.pipelines.unblock(run, block.id, 'sam');
  expect(runState(run)).toBe('queued');
  expect(() => one.pipelines.unblock(run, block.id, 'dora')).toThrow(PipelineRefusal);
  one.advance(10);
  expect(runState(run)).toBe('running');
  expect(stacks[0]).toMatchObject({ status: 'UPDATE_IN_PROGRESS', update: { token: null } });
  one.advance(400);
  expect(runState(run)).toBe('succeeded');
  expect(one.state.deploys.at(-1)).toMatchObject({
    service,
    environment: 'prod',
    build: run.number,
    who: 'sam',
  });
  expect(image()[0]).toBe(run.version);
});

test('a run that is started deploys after some seconds, keeps its intent, and ends as the update ends', () => {
  const one = open();
  const order = {
    service: 'charge-central',
    environment: 'prod' as const,
    version: '1.0.282',
    who: 'sam',
    message: 'Roll back to 1.0.282',
    intent: 'rb-1',
  };
  const run = one.pipelines.start(order);
  expect(run).toMatchObject({ number: 413, intent: 'rb-1', cause: 'started', version: '1.0.282' });
  expect(run.commit).toBe(runsOf(one, 'charge-central').find(({ number }) => number === 409)?.commit);
  expect(runState(run)).toBe('queued');
  one.advance(10);
  expect(runState(run)).toBe('running');
  const second = one.pipelines.start({ ...order, intent: 'rb-2' });
  one.advance(10);
  expect([second.number, runState(second)]).toEqual([414, 'failed']);
  expect(second.steps[0]).toMatchObject({
    refused: { reason: expect.stringContaining('UPDATE_IN_PROGRESS') },
  });
  one.advance(600);
  expect(runState(run)).toBe('succeeded');
  expect(runEnd(run)).toBe(one.state.deploys.at(-1)?.finishedAt);
  expect(one.activeEffects()).toEqual([]);
});
