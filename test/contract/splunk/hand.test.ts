import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobStep, LogJob, LogJobs } from '../../../src/model/ports/index.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { splunkServer } from '../../../src/practice/servers/splunk/index.ts';
import { type Practised, practise } from '../practised.ts';

const ERRORS = 'index=app environment=prod level=error';
const TIME = { from: '-6m', to: 'now' };

let world: Practised;
let jobs: LogJobs;

beforeAll(async () => {
  world = await practise(splunkServer(), { token: SECRETS.splunk.token });
  jobs = await world.systems.logJobs();
});
afterAll(() => world[Symbol.asyncDispose]());

async function begin(text: string, time = TIME): Promise<LogJob> {
  return jobs.begin(await jobs.check(text), time);
}

/** All steps, and what is done at each. */
async function steps(job: LogJob, each: (step: JobStep) => unknown = () => undefined): Promise<JobStep[]> {
  const seen: JobStep[] = [];
  for await (const step of job.steps(new AbortController().signal)) {
    seen.push(step);
    await each(step);
  }
  return seen;
}

/** Jobs that Splunk still has. */
async function left(): Promise<number> {
  const { url } = world.loaded.config.systems.splunk ?? {};
  const answer = await fetch(`${url}/services/search/jobs?output_mode=json`, {
    headers: { authorization: `Bearer ${SECRETS.splunk.token}` },
  });
  const { entry }: { entry: unknown[] } = JSON.parse(await answer.text());
  return entry.length;
}

test('lines stream in while the search goes on, newest first found, told oldest first', async () => {
  const seen = await steps(await begin(ERRORS));
  const last = seen.at(-1);
  expect(last).toMatchObject({ state: 'ended', progress: 1, incomplete: null, found: { kind: 'lines' } });
  const parts = seen.filter(
    ({ state, found }) => state === 'running' && found.kind === 'lines' && found.lines.length > 0,
  );
  expect(parts.length).toBeGreaterThan(0);
  expect(seen.map(({ progress }) => progress)).toEqual(
    [...seen.map(({ progress }) => progress)].sort((a, b) => a - b),
  );
  if (last?.found.kind !== 'lines') throw new Error('no lines');
  const { lines, more } = last.found;
  expect(lines.length + more).toBe(last.events);
  expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).sort((a, b) => a - b));
  expect(lines[0]).toMatchObject({
    level: 'error',
    service: expect.stringMatching(/^[a-z-]+$/),
    late: false,
  });
  expect(last.scanned).toBeGreaterThanOrEqual(last.events);
  expect(await left()).toBe(0);
});

test('a table keeps the order of its columns, and comes in parts', async () => {
  const seen = await steps(await begin(`${ERRORS} | stats count by service, version | sort -count`));
  const last = seen.at(-1);
  if (last?.found.kind !== 'table') throw new Error('no table');
  expect(last.found.columns).toEqual(['service', 'version', 'count']);
  const counts = last.found.rows.map((row) => Number(row[2]));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(last.events);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(
    seen.some(({ state, found }) => state === 'running' && found.kind === 'table' && found.rows.length > 0),
  ).toBe(true);
});

test('at most 2,000 lines are read; that there are more is told', async () => {
  const seen = await steps(await begin('index=app environment=prod', { from: '-2m', to: 'now' }));
  const last = seen.at(-1);
  if (last?.found.kind !== 'lines') throw new Error('no lines');
  expect(last.found.lines).toHaveLength(2_000);
  expect(last.found.more).toBe(last.events - 2_000);
});

test('a search rests and goes on; ended early, it keeps what it found and says so', async () => {
  const job = await begin(ERRORS, { from: '-4h', to: 'now' });
  const states: string[] = [];
  const seen = await steps(job, async ({ state, events }) => {
    if (states.at(-1) !== state) states.push(state);
    if (state === 'running' && events > 0 && !states.includes('paused')) await job.pause();
    else if (state === 'paused') await job.resume();
    else if (state === 'running' && states.includes('paused')) await job.finish();
  });
  expect(states.filter((state) => state !== 'queued')).toEqual(['running', 'paused', 'running', 'ended']);
  const last = seen.at(-1);
  expect(last?.incomplete?.message).toBe(
    'The search was ended early, by hand: what it had found until then is shown.',
  );
  expect(last?.found.kind === 'lines' && last.found.lines.length).toBeGreaterThan(0);
  expect(await left()).toBe(0);
});

test.each<[string, (job: LogJob, giveUp: AbortController) => unknown]>([
  ['cancelled', (job) => job.cancel()],
  ['given up', (_job, giveUp) => giveUp.abort()],
])('a search that is %s ends its steps without an error and leaves nothing behind', async (_how, end) => {
  const job = await begin(ERRORS, { from: '-4h', to: 'now' });
  const giveUp = new AbortController();
  const states: string[] = [];
  for await (const { state } of job.steps(giveUp.signal)) {
    states.push(state);
    if (state === 'running') await end(job, giveUp);
  }
  expect(states).not.toContain('ended');
  expect(await left()).toBe(0);
  await expect(Promise.all([job.pause(), job.resume(), job.finish(), job.cancel()])).resolves.toHaveLength(4);
});

test.each([
  ['index=app | delete', '“delete” deletes or writes data'],
  ['index=app | OutputLookup a.csv', '“outputlookup” deletes or writes data'],
  ['index=app [ search x | collect index=y ]', '“collect” deletes or writes data'],
  ['| append [| rest /services/server/info]', '“rest” asks for more than logs'],
  ['index=app ```why``` | ```so``` sendemail to=a@b.example', '“sendemail” sends data out of Splunk'],
  ['index=app foo\\"bar [ | script x ] "', '“script” runs a program'],
  ['| from savedsearch:nightly', '“from savedsearch:” runs a search that is not seen here'],
])('%s is refused before anything is asked', async (text, why) => {
  const before = world.operations().length;
  await expect(jobs.check(text)).rejects.toMatchObject({
    code: 'invalid',
    message: `Not run: ${why}, and only reading is done from here. Take it out, or run it in Splunk itself.`,
  });
  await expect(jobs.begin({ text, transforms: false }, TIME)).rejects.toMatchObject({ code: 'invalid' });
  expect(world.operations()).toHaveLength(before);
});

test.each([
  ['"user | delete" level=error', 'search "user | delete" level=error'],
  ['delete failed', 'search delete failed'],
  ['  search index=app\n| head 5 ', 'search index=app | head 5'],
  ['search=off', 'search search=off'],
])('%s is sent as %s', async (text, sent) => {
  expect(await jobs.check(text)).toMatchObject({ text: sent, transforms: false });
});

test('what Splunk does not understand is told in its own words', async () => {
  await expect(jobs.check('index=app | statz count')).rejects.toMatchObject({
    code: 'invalid',
    message: "Splunk: Unknown search command 'statz'.",
  });
  await expect(jobs.check('  ')).rejects.toMatchObject({ code: 'invalid' });
});

test('a real-time search is refused: it never ends', async () => {
  await expect(begin('index=app', { from: 'rt-5m', to: 'rt' })).rejects.toMatchObject({
    code: 'invalid',
    message: 'Not run: a real-time search never ends. Give it a time that does, such as -15m to now.',
  });
});

test('saved searches come with their times', async () => {
  const saved = await jobs.saved();
  expect(saved.map(({ name }) => name)).not.toContain('Old proxy report');
  expect(saved).toContainEqual({
    name: 'Errors by version',
    text: 'search index=app environment=prod level=error | stats count, dc(instance) AS instances by version | sort -count',
    time: { from: '-24h', to: null },
  });
  for (const { name, text } of saved) {
    if (name === 'Nightly archive of errors')
      await expect(jobs.check(text)).rejects.toMatchObject({ code: 'invalid' });
    else expect(await jobs.check(text)).toMatchObject({ transforms: name !== 'Newest errors' });
  }
});

test('the search that a service begins with finds its lines', async () => {
  const text = jobs.textOf({ service: world.service('charge-central'), environment: 'prod' });
  const last = (await steps(await begin(`${text} | head 5`))).at(-1);
  expect(last?.found.kind === 'lines' && last.found.lines.map(({ service }) => service)).toEqual(
    Array.from({ length: 5 }, () => 'charge-central'),
  );
});
