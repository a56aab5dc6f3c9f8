import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { SECOND } from '../../../src/model/instant.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { splunkServer } from '../../../src/practice/servers/splunk/index.ts';
import * as pauses from '../../../src/systems/http/pauses.ts';
import { practise } from '../practised.ts';

const CREATE = 'POST /services/search/v2/jobs';
const CONTROL = 'POST /services/search/v2/jobs/{sid}/control';

vi.mock(import('../../../src/systems/http/pauses.ts'), { spy: true });
afterEach(() => vi.mocked(pauses.pause).mockReset());

type Content = Record<string, unknown>;

/** Splunk whose jobs tell something else of themselves; `looks` counts from 1. */
async function telling(change: (content: Content, looks: number) => void) {
  const server = splunkServer();
  let looks = 0;
  const world = await practise(
    {
      ...server,
      async handle(request, state) {
        const answer = await server.handle(request, state);
        if (request.method !== 'GET' || !/\/jobs\/[^/]+\/?$/.test(request.path)) return answer;
        const said = JSON.parse(String(answer.body));
        looks += 1;
        for (const { content } of said.entry) change(content, looks);
        return { ...answer, body: JSON.stringify(said) };
      },
    },
    { token: SECRETS.splunk.token },
  );
  onTestFinished(() => world[Symbol.asyncDispose]());
  const span = { service: world.service('charge-central'), environment: 'prod', sinceMs: 10 * SECOND };
  return { logs: await world.systems.logSearch(), span, operations: world.operations };
}

test('a state that is not known is one on the way', async () => {
  const { logs, span, operations } = await telling((content, looks) => {
    if (looks < 4) Object.assign(content, { dispatchState: 'PONDERING', isDone: false });
  });
  expect((await logs.search(span, 5)).lines).toHaveLength(5);
  expect(operations().filter((name) => name === CREATE)).toHaveLength(1);
});

test('a search that never gets its turn is given up and cancelled', async () => {
  const { logs, span, operations } = await telling((content) => {
    Object.assign(content, { dispatchState: 'QUEUED', isDone: false });
  });
  vi.mocked(pauses.pause).mockResolvedValue();
  await expect(logs.search(span, 5)).rejects.toMatchObject({
    code: 'timeout',
    message: 'Splunk: the search is still QUEUED after 120 s, and was cancelled.',
  });
  expect(operations().at(-1)).toBe(CONTROL);
});

test('a search that is given up while it is being made leaves no job behind', async () => {
  const server = splunkServer();
  const made = Promise.withResolvers<string>();
  const released = Promise.withResolvers<void>();
  const given = new AbortController();
  const world = await practise(
    {
      ...server,
      async handle(request, state) {
        const answer = await server.handle(request, state);
        if (request.method === 'POST' && /\/jobs\/?$/.test(request.path)) {
          made.resolve(String(JSON.parse(String(answer.body)).sid));
          given.abort();
          await released.promise;
        }
        return answer;
      },
    },
    { token: SECRETS.splunk.token },
  );
  onTestFinished(() => world[Symbol.asyncDispose]());
  const logs = await world.systems.logSearch();
  const span = { service: world.service('charge-central'), environment: 'prod', sinceMs: 10 * SECOND };
  await expect(logs.search(span, 5, given.signal)).rejects.toMatchObject({ code: 'aborted' });
  expect(await made.promise).toMatch(/^oncall_/);
  await expect.poll(world.operations).toContain(CONTROL);
  released.resolve();
});

test.each<[string, (content: Content) => void, object | null]>([
  [
    'that warns of a lost indexer',
    (content) => {
      content.messages = [{ type: 'WARN', text: 'Unable to distribute to peer idx-2.' }];
    },
    { code: 'server_error', message: 'Splunk: Unable to distribute to peer idx-2.' },
  ],
  [
    'that kept fewer lines than it found',
    (content) => Object.assign(content, { resultCount: 3, eventCount: 40 }),
    { code: 'too_large', message: 'Splunk: it kept only the newest 3 of 40 lines.' },
  ],
  [
    'that stopped when it had enough',
    (content) => {
      content.isFinalized = true;
    },
    null,
  ],
])('the lines of a search %s come with what is missing', async (_name, change, incomplete) => {
  const { logs, span } = await telling(change);
  const found = await logs.search(span, 5);
  expect(found.lines.length).toBeGreaterThanOrEqual(3);
  expect(found.incomplete).toEqual(incomplete === null ? null : expect.objectContaining(incomplete));
});

test.each<[string, (content: Content) => void, object]>([
  [
    'a warning of its own',
    ({ messages }) =>
      Array.isArray(messages) && messages.push({ type: 'WARN', text: 'Search peer idx-3 is down.' }),
    { code: 'server_error', message: 'Splunk: Search peer idx-3 is down.' },
  ],
  ['stopped early', (content) => Object.assign(content, { isFinalized: '1' }), { code: 'server_error' }],
  [
    'rows that are told and do not come',
    (content) => Object.assign(content, { resultCount: Number(content.resultCount) + 1 }),
    { code: 'unreadable', message: expect.stringMatching(/only \d+ of \d+ rows/) },
  ],
])('a job that is done, but %s, completes nothing', async (_what, change, failure) => {
  const { logs, span } = await telling((content) => {
    if (content.isDone === true) change(content);
  });
  const steps = logs.tail(span, new AbortController().signal)[Symbol.asyncIterator]();
  expect((await steps.next()).value).toMatchObject({ kind: 'trouble', failure });
  await steps.return?.();
  expect((await logs.errorCount(span)).atLeast).toBe(true);
});
