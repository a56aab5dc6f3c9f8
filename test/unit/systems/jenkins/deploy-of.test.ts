import { expect, test } from 'vitest';
import { safeText } from '../../../../src/model/safe-text.ts';
import { deployOf } from '../../../../src/systems/jenkins/deploy-of.ts';
import { type Job, jobPath } from '../../../../src/systems/jenkins/job.ts';
import { leadsTo } from '../../../../src/systems/jenkins/leads-to.ts';
import { buildSchema, inputSchema, type Run, runSchema } from '../../../../src/systems/jenkins/wire.ts';

const NAMES = ['production', 'pre-prod', 'test'];

function job(environment: string, isOwn = false): Job {
  return {
    name: 'deploys/login',
    path: jobPath('deploys/login'),
    isOwn,
    environment,
    otherEnvironments: NAMES.filter((name) => name !== environment),
    stage: `deploy to ${environment}`,
    parameters: { version: 'VERSION', environment: 'ENVIRONMENT', intent: 'ONCALL_INTENT' },
  };
}

function run(...stages: readonly (readonly [string, string, number?])[]): Run {
  return runSchema.parse({
    id: '7',
    status: 'IN_PROGRESS',
    startTimeMillis: 1_000,
    stages: stages.map(([name, status, pause = 0], index) => ({
      name,
      status,
      startTimeMillis: 1_000 + index * 100,
      durationMillis: 100,
      pauseDurationMillis: pause,
    })),
  });
}

const build = (fields: object = {}) =>
  buildSchema.parse({ number: 7, timestamp: 1_000, duration: 0, building: true, ...fields });

const input = (message: string, id = 'X') => inputSchema.parse({ id, message });

test.each([
  ['Deploy to production?', 'X', ['production']],
  ['Deploy to Pre-Prod?', 'X', ['pre-prod']],
  ['Go on?', 'Approve-production', ['production']],
  ['Go on?', 'X', NAMES],
  ['Is the contest over?', 'X', NAMES],
  ['Test it, then production?', 'X', ['production', 'test']],
])('the input “%s” (%s) leads to %j', (message, id, expected) => {
  const told = run(['Build', 'SUCCESS'], ['Approve', 'PAUSED_PENDING_INPUT']);
  expect(NAMES.filter((name) => leadsTo(job(name), input(message, id), told))).toEqual(expected);
});

test('an input after a deploy is none that the deploy waits for', () => {
  const told = run(['Deploy to production', 'SUCCESS'], ['Check', 'PAUSED_PENDING_INPUT']);
  expect(leadsTo(job('production'), input('Keep production?'), told)).toBe(false);
  const within = run(['Deploy to production', 'PAUSED_PENDING_INPUT']);
  expect(leadsTo(job('production'), input('Go on?'), within)).toBe(true);
});

const place = (one: Job) => ({ base: 'https://ci.example', job: one, service: 'login', environment: 'prod' });
const told = (fields: object, stages: Run | null) => ({ build: build(fields), run: stages, inputs: [] });

test('a stage that paused at its beginning began to work when the pause was over; tried again, the last counts', () => {
  const again = run(['Deploy to production', 'FAILED'], ['deploy to production', 'SUCCESS', 40]);
  const deploy = deployOf(told({ building: false, result: 'SUCCESS' }, again), place(job('production')));
  expect(deploy).toMatchObject({
    status: 'succeeded',
    startedAt: 1_140,
    finishedAt: 1_200,
    version: 'unknown',
  });
});

test('a stage that was skipped is no deploy; of a job of its own for an environment, the build is', () => {
  const skipped = told({ building: false, result: 'SUCCESS' }, run(['Deploy to production', 'SKIPPED']));
  expect(deployOf(skipped, place(job('production')))).toBeNull();
  expect(deployOf(skipped, place(job('production', true)))).toMatchObject({ status: 'succeeded' });
});

test.each([
  ['1.0.7', '#7 1.0.6', '1.0.7'],
  ['', '#7 1.0.6', '1.0.6'],
  ['', 'release v12', 'v12'],
  ['', '#7', 'unknown'],
  ['', 'nightly', 'unknown'],
])('VERSION %j and the name %j: version %s', (value, displayName, version) => {
  const actions = [{ parameters: [{ name: 'VERSION', value }] }];
  const done = told({ displayName, actions }, run(['Deploy to production', 'IN_PROGRESS']));
  expect(deployOf(done, place(job('production')))).toMatchObject({ version, status: 'in_progress' });
});

test.each([
  [[{ shortDescription: 'Started by timer' }], 'timer'],
  [
    [{ shortDescription: 'Started by an SCM change' }, { userId: 'dora', userName: 'Dora Novak' }],
    'Dora Novak',
  ],
  [[{ shortDescription: 'Started by GitHub push by noah' }], 'noah'],
  [[{ userId: 'dora' }], 'dora'],
  [[], 'unknown'],
])('who, by the causes %j', (causes, who) => {
  const done = told({ actions: [{ causes }] }, run(['Deploy to production', 'IN_PROGRESS']));
  expect(deployOf(done, place(job('production')))?.who).toBe(safeText(who));
});

test('folders and names with signs in them', () => {
  expect(jobPath('team a/api/feature%2Fx')).toBe('/job/team%20a/job/api/job/feature%252Fx');
});
