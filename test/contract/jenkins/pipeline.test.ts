import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { openSystems } from '../../../src/systems/index.ts';
import { type Answers, failureOf, type JenkinsWorld, jenkinsWorld, rewriting } from './jenkins.ts';

const SAM = 'sam@harbour.example';
const SUBMIT = 'POST /job/{job}/{build}/wfapi/inputSubmit';
const BUILD = 'POST /job/{job}/buildWithParameters';

let jenkins: JenkinsWorld;
beforeAll(async () => {
  jenkins = await jenkinsWorld();
});
afterAll(() => jenkins[Symbol.asyncDispose]());

/** For what can happen once in a world. */
async function ownWorld(): Promise<JenkinsWorld> {
  const own = await jenkinsWorld();
  onTestFinished(() => own[Symbol.asyncDispose]());
  return own;
}

test('an input is answered with all its parameters, as they are by default, and the deploy begins', async () => {
  const sent: unknown[] = [];
  const answers: Answers = ({ path, body }, answer) => {
    if (path.endsWith('/inputSubmit'))
      sent.push(JSON.parse(new URLSearchParams(String(body)).get('json') ?? ''));
    return answer;
  };
  const { practised, pipeline, step, deploys, count } = await (await ownWorld()).open({ answers });
  const waiting = await step();
  expect(await pipeline.waiting(waiting)).toEqual(waiting);
  await pipeline.unblock(waiting, SAM);
  const parameter = [
    { name: 'PACE', value: 'one by one' },
    { name: 'ANNOUNCE', value: true },
  ];
  expect(sent).toEqual([{ parameter }]);
  expect(await pipeline.waiting(waiting)).toBeNull();
  practised.world.advance(10);
  expect((await deploys('login', 'prod', 1))[0]).toMatchObject({ status: 'in_progress', waiting: null });
  practised.world.advance(15 * 60);
  expect((await deploys('login', 'prod', 1))[0]).toMatchObject({ status: 'succeeded' });
  expect((await failureOf(pipeline.unblock(waiting, SAM))).code).toBe('conflict');
  expect(count(SUBMIT)).toBe(1);
});

test('an input that asks for something: only its page can be told', async () => {
  const answers = rewriting(/pendingInputActions$/, ([input]: [{ inputs: object[] }]) => [
    {
      ...input,
      inputs: [
        ...input.inputs,
        { type: 'StringParameterDefinition', name: 'REASON', definition: { defaultVal: null } },
        { type: 'PasswordParameterDefinition', name: 'KEY', definition: { defaultVal: 'secret' } },
        { type: 'FileParameterDefinition', name: 'NOTES', definition: {} },
      ],
    },
  ]);
  const { pipeline, step, count } = await jenkins.open({ answers });
  const waiting = await step();
  expect(waiting.asks).toEqual(['REASON', 'KEY', 'NOTES']);
  const failure = await failureOf(pipeline.unblock(waiting, SAM));
  expect(failure).toMatchObject({ code: 'invalid', mayHaveHappened: false });
  expect(failure.message).toContain('REASON, KEY, NOTES');
  expect(count(SUBMIT)).toBe(0);
});

test('a user who may not answer it: Jenkins says 500, and reading tells that it still waits', async () => {
  const { pipeline, step } = await jenkins.open({ user: SECRETS.jenkins.guest });
  const waiting = await step();
  const failure = await failureOf(pipeline.unblock(waiting, SAM));
  expect(failure).toMatchObject({ code: 'server_error', mayHaveHappened: true });
  expect(await pipeline.waiting(waiting)).not.toBeNull();
});

test.each(['reset_before', 'reset_after'] as const)(
  'an answer goes once, whatever becomes of it: %s',
  async (fault) => {
    const { practised, pipeline, step, count } = await (await ownWorld()).open();
    const waiting = await step();
    practised.fault(SUBMIT, { fault });
    expect(await failureOf(pipeline.unblock(waiting, SAM))).toMatchObject({
      code: 'reset',
      mayHaveHappened: true,
    });
    expect(count(SUBMIT)).toBe(1);
    expect((await pipeline.waiting(waiting)) === null).toBe(fault === 'reset_after');
  },
);

test('steps that are none', async () => {
  const { pipeline } = await jenkins.open();
  expect(await pipeline.waiting({ system: 'jenkins', id: 'deploys%2Flogin/99999/Approve' })).toBeNull();
  for (const id of ['../me', 'a/b/c', '%E0%A4%A/1/x']) {
    expect((await failureOf(pipeline.waiting({ system: 'jenkins', id }))).code).toBe('not_found');
  }
});

test('a deploy is started once: in the queue first, then a build that prints, then over', async () => {
  const { practised, pipeline, order, next, count } = await jenkins.open();
  const own = order('session-store');
  const number = next('session-store');
  await pipeline.start(own);
  expect(await pipeline.run(own)).toMatchObject({
    state: 'queued',
    at: 'Waiting for next available executor',
  });
  practised.world.advance(30);
  const at = 'Deploy to production';
  const running = await pipeline.run(own);
  expect(running).toMatchObject({ state: 'running', at, reference: `#${number}`, waiting: null });
  expect(running?.url?.endsWith(`/job/deploys/job/session-store/${number}/`)).toBe(true);
  expect(running?.output[1]).toBe(`+ ./deploy session-store ${own.version} production`);
  practised.world.advance(15 * 60);
  const over = await pipeline.run(own);
  expect(over).toMatchObject({ state: 'succeeded', at });
  expect(over?.output.at(-1)).toBe('Finished: SUCCESS');
  expect(over?.output).toHaveLength(20);
  expect(count(BUILD)).toBe(1);
});

test('another start finds it by its intent alone: in the queue, and among the builds', async () => {
  const { practised, loaded, pipeline, order } = await jenkins.open();
  const own = order('token-issuer');
  await pipeline.start(own);
  const early = await elsewhere();
  expect(await early.run(own)).toMatchObject({ state: 'queued' });
  practised.world.advance(30);
  expect(await (await elsewhere()).run(own)).toMatchObject({ state: 'running' });
  expect(await early.run(own)).toMatchObject({ state: 'running' });
  expect(await pipeline.run({ ...own, intent: 'another' })).toBeNull();

  function elsewhere() {
    const systems = openSystems(loaded);
    onTestFinished(() => systems.close());
    return systems.pipeline('jenkins');
  }
});

test('the answer to a start is lost: the queue tells what became of it', async () => {
  const { practised, pipeline, order, count } = await jenkins.open();
  const own = order('profile-api');
  practised.fault(BUILD, { fault: 'reset_after' });
  expect(await failureOf(pipeline.start(own))).toMatchObject({ code: 'reset', mayHaveHappened: true });
  expect(await pipeline.run(own)).toMatchObject({ state: 'queued' });
  expect(count(BUILD)).toBe(1);
});

test('taken out of the queue by somebody', async () => {
  const answers = rewriting(/\/queue\/item\//, (item: object) => ({ ...item, cancelled: true, why: null }));
  const { pipeline, order } = await jenkins.open({ answers });
  const own = { ...order('consent'), intent: 'taken-out' };
  await pipeline.start(own);
  expect(await pipeline.run(own)).toMatchObject({ state: 'cancelled' });
});

test('run again by somebody, it is still the first that was ours', async () => {
  const { practised, loaded, pipeline, order, next } = await jenkins.open();
  practised.world.advance(15 * 60);
  const own = order('consent');
  const number = next('consent');
  await pipeline.start(own);
  const { intent, version } = own;
  const again = {
    service: 'consent',
    environment: 'prod',
    version,
    message: '',
    who: 'ravi',
    intent,
  } as const;
  practised.world.pipelines.start(again);
  practised.world.advance(30);
  const systems = openSystems(loaded);
  onTestFinished(() => systems.close());
  expect(await (await systems.pipeline('jenkins')).run(own)).toMatchObject({ reference: `#${number}` });
});

test('what the job does not take is refused before: Jenkins would drop it without a word', async () => {
  const job = (fields: object) =>
    rewriting(/session-store\/api\/json$/, (body: object) => ({ ...body, ...fields }));
  const choices = {
    parameterDefinitions: ['VERSION', 'ONCALL_INTENT', 'ENVIRONMENT'].map((name) => ({
      name,
      choices: ['1'],
    })),
  };
  for (const [fields, text] of [
    [{ property: [{}] }, 'no parameter VERSION'],
    [{ property: [choices] }, 'does not offer'],
    [{ buildable: false }, 'is disabled'],
  ] as const) {
    const { pipeline, order, count } = await jenkins.open({ answers: job(fields) });
    const failure = await failureOf(pipeline.start(order('session-store')));
    expect(failure.mayHaveHappened).toBe(false);
    expect(failure.message).toContain(text);
    expect(count(BUILD)).toBe(0);
  }
});

test('a user who may not build: the permission by its name', async () => {
  const { pipeline, order } = await jenkins.open({ user: SECRETS.jenkins.guest });
  const failure = await failureOf(pipeline.start(order('session-store')));
  expect(failure).toMatchObject({ code: 'forbidden', mayHaveHappened: false });
  expect(failure.message).toContain('lacks Job/Build');
});

test('a service without a job cannot be deployed through it', async () => {
  const { practised, pipeline } = await jenkins.open();
  const charge = practised.service('charge-central');
  expect(pipeline.cannotStart(charge, 'prod')).toContain('services.charge-central.jenkins is missing');
  expect(pipeline.cannotStart(practised.service('login'), 'prod')).toBeNull();
});

test('a run whose status says nothing: as Jenkins tells of the build, raw', async () => {
  let told = { status: 'PONDERING', result: null as string | null };
  const answers: Answers = (request, answer) => {
    const body = () => JSON.parse(String(answer.body));
    if (request.path.endsWith('/describe'))
      return { ...answer, body: JSON.stringify({ ...body(), ...told }) };
    if (!/\/\d+\/api\/json$/.test(request.path) || request.path.startsWith('/queue')) return answer;
    const { result } = told;
    return { ...answer, body: JSON.stringify({ ...body(), result, building: result === null }) };
  };
  const { practised, pipeline, order } = await jenkins.open({ answers });
  const own = order('audit-trail');
  await pipeline.start(own);
  practised.world.advance(30);
  expect(await pipeline.run(own)).toMatchObject({ state: 'running', at: 'PONDERING' });
  told = { status: 'NOT_EXECUTED', result: 'FAILURE' };
  expect(await pipeline.run(own)).toMatchObject({ state: 'failed', at: 'FAILURE' });
  told = { status: 'NOT_EXECUTED', result: 'MELTED' };
  expect(await pipeline.run(own)).toMatchObject({ state: 'running', at: 'MELTED' });
});
