import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../../src/model/ports/probe.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { candidates } from '../../../src/systems/probes.ts';
import { type Answers, type JenkinsWorld, jenkinsWorld, type PractisedJenkins } from './jenkins.ts';

let jenkins: JenkinsWorld;
beforeAll(async () => {
  jenkins = await jenkinsWorld();
});
afterAll(() => jenkins[Symbol.asyncDispose]());

async function examined({ loaded }: PractisedJenkins): Promise<Outcome | undefined> {
  const found = candidates(loaded).configured.find(({ system }) => system === 'jenkins');
  return (await found?.examine(new AbortController().signal))?.outcome;
}

test('whose token it is; nothing lacks, and nothing was built', async () => {
  const practised = await jenkins.open();
  expect(await examined(practised)).toMatchObject({
    kind: 'answered',
    probed: { identity: 'Sam Okafor', missing: [], budget: null },
  });
  expect(practised.practised.world.state.pipelineRuns.filter(({ cause }) => cause === 'started')).toEqual([]);
});

test('who may not build where rollbacks go through Jenkins, and does not see a job', async () => {
  const { guest } = SECRETS.jenkins;
  const hidden: Answers = (request, answer) =>
    request.path.includes('/job/consent/') ? { ...answer, status: 404 } : answer;
  const practised = await jenkins.open({ answers: hidden, user: guest });
  expect(await examined(practised)).toMatchObject({
    probed: {
      identity: 'guest',
      missing: ['Job/Build (deploys/session-store)', 'Job/Read (deploys/consent)'],
    },
  });
});

test('an old Jenkins might build on a GET: it is not asked', async () => {
  const old: Answers = (_request, answer) => ({
    ...answer,
    headers: { ...answer.headers, 'X-Jenkins': '1.480' },
  });
  const practised = await jenkins.open({ answers: old });
  expect(await examined(practised)).toMatchObject({ probed: { missing: [] } });
  expect(practised.count('GET /job/{job}/buildWithParameters')).toBe(0);
});

test('a token that is not accepted', async () => {
  const practised = await jenkins.open({ user: { username: 'sam', token: 'expired' } });
  expect(await examined(practised)).toMatchObject({
    kind: 'failed',
    failure: { code: 'unauthorized' },
    cure: expect.stringContaining('API token'),
  });
});
