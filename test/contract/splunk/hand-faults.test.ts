import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { LogJob, LogJobs } from '../../../src/model/ports/index.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import type { PracticeAnswer, PracticeRequest } from '../../../src/practice/servers/server.ts';
import { splunkServer } from '../../../src/practice/servers/splunk/index.ts';
import { Bell } from '../../../src/systems/log/bell.ts';
import { type Practised, practise } from '../practised.ts';

const CREATE = 'POST /services/search/v2/jobs';
const LOOK = 'GET /services/search/v2/jobs/{sid}';
const LONG = { from: '-4h', to: 'now' };
const SEARCH = { text: 'search index=app environment=prod level=error', transforms: false };

type Change = (request: PracticeRequest, said: Record<string, unknown>) => unknown;

let world: Practised;
let jobs: LogJobs;
/** Makes another answer of what splunkd said. */
let change: Change | null = null;
const controls: string[] = [];

beforeAll(async () => {
  const server = splunkServer();
  world = await practise(
    {
      ...server,
      async handle(request, state): Promise<PracticeAnswer> {
        if (request.path.endsWith('/control')) controls.push(String(request.body));
        const answer = await server.handle(request, state);
        if (change === null || answer.body === undefined) return answer;
        return { ...answer, body: JSON.stringify(change(request, JSON.parse(String(answer.body)))) };
      },
    },
    { token: SECRETS.splunk.token },
  );
  jobs = await world.systems.logJobs();
});
afterEach(async () => {
  change = null;
  vi.restoreAllMocks();
  expect(await sids()).toEqual([]);
});
afterAll(() => world[Symbol.asyncDispose]());

function splunkd(path: string, method = 'GET'): Promise<Response> {
  return fetch(`${world.loaded.config.systems.splunk?.url}/services/${path}?output_mode=json`, {
    method,
    headers: { authorization: `Bearer ${SECRETS.splunk.token}` },
  });
}

/** Of the jobs that Splunk still has. */
async function sids(): Promise<string[]> {
  const { entry }: { entry: { content: { sid: string } }[] } = JSON.parse(
    await (await splunkd('search/jobs')).text(),
  );
  return entry.map(({ content }) => content.sid);
}

async function ended(job: LogJob): Promise<void> {
  for await (const { state } of job.steps(new AbortController().signal)) if (state === 'ended') return;
}

/** Changes what a job tells of itself. */
function telling(content: object): Change {
  return ({ method, path }, said) => {
    const { entry } = said;
    if (method !== 'GET' || !/\/jobs\/[^/]+\/?$/.test(path) || !Array.isArray(entry)) return said;
    return { ...said, entry: entry.map((one) => ({ ...one, content: { ...one.content, ...content } })) };
  };
}

test('a quota that is used up is told with its numbers', async () => {
  const begun = await Promise.all(Array.from({ length: 10 }, () => jobs.begin(SEARCH, LONG)));
  await expect(jobs.begin(SEARCH, LONG)).rejects.toMatchObject({
    code: 'rate_limited',
    message: 'Splunk runs 10 of at most 10 searches for all its users. This one was not begun.',
  });
  await Promise.all(begun.map((job) => job.cancel()));
});

test('a search that may not be run is not begun', async () => {
  world.fault(CREATE, { fault: 'status', status: 403 });
  await expect(jobs.begin(SEARCH, LONG)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a search that was begun though its answer was lost is cancelled', async () => {
  const before = controls.length;
  world.fault(CREATE, { fault: 'reset_after' });
  await expect(jobs.begin(SEARCH, LONG)).rejects.toMatchObject({ code: 'reset' });
  expect(controls.slice(before)).toEqual([expect.stringContaining('action=cancel')]);
});

test('a search that expired is told so', async () => {
  const job = await jobs.begin(SEARCH, LONG);
  const [sid] = await sids();
  await splunkd(`search/jobs/${sid}`, 'DELETE');
  const text = 'Splunk no longer has this search: it expired, or was deleted there. Run it again.';
  await expect(job.pause()).rejects.toMatchObject({ code: 'not_found', message: text });
  await expect(ended(job)).rejects.toMatchObject({ code: 'not_found', message: text });
});

test('a look that fails ends the search', async () => {
  const job = await jobs.begin(SEARCH, LONG);
  world.fault(LOOK, { fault: 'status', status: 403 });
  await expect(ended(job)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a search of which Splunk tells nothing yet waits for its turn', async () => {
  let looks = 0;
  change = ({ method, path }, said) =>
    method === 'GET' && /\/jobs\/[^/]+\/?$/.test(path) && ++looks === 1 ? {} : said;
  const states: string[] = [];
  for await (const { state } of (await jobs.begin(SEARCH, LONG)).steps(new AbortController().signal)) {
    states.push(state);
    if (state === 'running') break;
  }
  expect(states[0]).toBe('queued');
});

test('a search that fails is told in the words of Splunk', async () => {
  const messages = [{ type: 'FATAL', text: 'Error in stats: out of memory.' }];
  change = telling({ dispatchState: 'FAILED', isDone: true, isFailed: true, messages });
  await expect(ended(await jobs.begin(SEARCH, LONG))).rejects.toMatchObject({
    message: 'Splunk: Error in stats: out of memory.',
  });
});

test('a search that lost an indexer says what its answer may lack', async () => {
  change = telling({ messages: [{ type: 'WARN', text: 'Search peer idx-3 is down.' }] });
  const job = await jobs.begin(SEARCH, { from: '-1m', to: 'now' });
  for await (const { state, incomplete } of job.steps(new AbortController().signal)) {
    expect(incomplete?.message).toBe(state === 'ended' ? 'Splunk: Search peer idx-3 is down.' : undefined);
  }
});

test.each([
  [
    '`keep`',
    [
      { command: 'search', rawargs: '' },
      { command: 'Collect', rawargs: 'index=x' },
    ],
    '“collect” deletes',
  ],
  ['index=app', [{ command: 'append', rawargs: '[ search x | sendemail to=a ]' }], '“sendemail” sends'],
  [
    'index=app',
    [{ command: 'append', rawargs: '[ search `keep(1)` ]' }],
    'does not tell what the macro “keep(1)”',
  ],
])('%s is refused for what Splunk reads in it', async (text, commands, why) => {
  const before = world.operations().filter((name) => name === CREATE).length;
  change = (_request, said) => ({ ...said, messages: undefined, commands });
  await expect(jobs.check(text.replace(/`/g, ''))).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(why),
  });
  expect(world.operations().filter((name) => name === CREATE)).toHaveLength(before);
});

test('a search that rests is touched now and then', async () => {
  const job = await jobs.begin(SEARCH, LONG);
  await job.pause();
  vi.spyOn(Bell.prototype, 'heard').mockResolvedValue(false);
  for await (const { state } of job.steps(new AbortController().signal)) {
    if (state === 'paused' && controls.at(-1)?.includes('action=touch')) break;
  }
  expect(controls.at(-1)).toContain('action=cancel');
});
