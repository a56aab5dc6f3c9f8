import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Failure } from '../../../src/model/failure.ts';
import type { News, Notifier } from '../../../src/model/ports/notifier.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { slackServer } from '../../../src/practice/servers/slack/index.ts';
import { openSystems } from '../../../src/systems/index.ts';
import { newsOf } from '../news.ts';
import { type Practised, practise } from '../practised.ts';

let practised: Practised;
/** Slack's clock for its pace; a test moves it on. */
let second: number;
beforeEach(async () => {
  second = 0;
  // Every message of a test comes in a second of its own, but where a test says otherwise.
  practised = await practise(
    slackServer(() => (second += 1_000)),
    { token: SECRETS.slack.token },
  );
});
afterEach(() => practised[Symbol.asyncDispose]());

async function slack(systems = practised.systems): Promise<Notifier> {
  const [notifier] = await systems.notifiers();
  if (notifier === undefined) throw new Error('no notifier');
  return notifier;
}

function news(more: Partial<News> = {}): News {
  return newsOf(practised.service('charge-central'), practised.world.now(), more);
}

const ENDED = { stage: 'ended', state: 'confirmed', text: 'Rolled charge-central back.' } as const;

const messagesSchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      text: z.string(),
      thread_ts: z.string().optional(),
      metadata: z.object({ event_type: z.string(), event_payload: z.unknown().optional() }).optional(),
    }),
  ),
});

async function ask(method: string, args: Record<string, string>): Promise<unknown> {
  const answer = await fetch(`${practised.loaded.config.systems.slack?.url}/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRETS.slack.token}` },
    body: new URLSearchParams(args),
  });
  return answer.json();
}

async function channelId(channel: string): Promise<string> {
  const list = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });
  const { channels } = list.parse(await ask('conversations.list', {}));
  const found = channels.find(({ name }) => `#${name}` === channel);
  if (found === undefined) throw new Error(`no channel ${channel}`);
  return found.id;
}

/** What oncall said at the top of a channel, newest first, each with what it said in that thread. */
async function threads(channel = '#billing'): Promise<string[][]> {
  const id = await channelId(channel);
  const asked = { channel: id, include_all_metadata: 'true', limit: '20' };
  const { messages } = messagesSchema.parse(await ask('conversations.history', asked));
  const ours = messages.filter(({ metadata }) => metadata !== undefined);
  return Promise.all(
    ours.map(async ({ ts }) => {
      const replies = await ask('conversations.replies', { channel: id, ts });
      return messagesSchema.parse(replies).messages.map(({ text }) => text);
    }),
  );
}

function posts(): number {
  return practised.operations().filter((operation) => operation === 'chat.postMessage').length;
}

function failureOf(telling: Promise<void>): Promise<Failure> {
  return telling.then(
    () => Promise.reject(new Error('it was told')),
    (failure: Failure) => failure,
  );
}

describe('threads', () => {
  test('a change begins and ends in one thread, which is looked for once', async () => {
    const notifier = await slack();
    await notifier.tell(news());
    await notifier.tell(news(ENDED));
    expect(practised.operations()).toEqual([
      'conversations.list',
      'conversations.history',
      'chat.postMessage',
      'chat.postMessage',
    ]);
    expect(await threads()).toEqual([
      [
        'Rolling charge-central in prod from 1.0.283 to 1.0.282. Incident Q1.',
        'Rolled charge-central back. Incident Q1.',
      ],
    ]);
  });

  test('after a restart the thread is found again by what its messages carry, behind pages of others', async () => {
    await (await slack()).tell(news());
    const id = await channelId('#billing');
    for (let n = 0; n < 250; n += 1) await ask('chat.postMessage', { channel: id, text: `talk ${n}` });
    const again = openSystems(practised.loaded);
    await (await slack(again)).tell(news(ENDED));
    await again.close();
    const asked = { channel: id, include_all_metadata: 'true', limit: '999' };
    const { messages } = messagesSchema.parse(await ask('conversations.history', asked));
    const ours = messages.filter(({ metadata }) => metadata !== undefined);
    expect(ours).toHaveLength(1);
    expect(ours[0]?.metadata).toEqual({
      event_type: 'oncall_change',
      event_payload: {
        intent: 'abc123',
        incident: 'Q1',
        stage: 'begun',
        action: 'rollback',
        service: 'charge-central',
        environment: 'prod',
      },
    });
  });

  test('all changes of an incident have one thread; without an incident each has its own', async () => {
    const notifier = await slack();
    await notifier.tell(news());
    await notifier.tell(news({ intent: 'def456' }));
    await notifier.tell(news({ intent: 'one', incident: null }));
    const again = openSystems(practised.loaded);
    await (await slack(again)).tell(news({ ...ENDED, intent: 'one', incident: null }));
    await (await slack(again)).tell(news({ intent: 'two', incident: null }));
    await again.close();
    expect((await threads()).map((thread) => thread.length)).toEqual([1, 2, 2]);
  });

  test('a channel may be named by its id', async () => {
    const channel = await channelId('#billing');
    await (await slack()).tell(news({ channel }));
    expect(await threads()).toHaveLength(1);
  });

  test('an app that may not read tells all the same, without a thread', async () => {
    process.env.ONCALL_TEST_TOKEN_SLACK = SECRETS.slack.writeOnly;
    await (await slack()).tell(news());
    const again = openSystems(practised.loaded);
    await (await slack(again)).tell(news(ENDED));
    await again.close();
    expect((await threads()).map((thread) => thread.length)).toEqual([1, 1]);
  });

  test('channels by name: found behind the first page', async () => {
    const server = slackServer(() => (second += 1_000));
    const asked: (string | null)[] = [];
    const looked: (string | null)[] = [];
    await using large = await practise(
      {
        ...server,
        handle(request, state) {
          const words = new URLSearchParams(String(request.body));
          if (request.path.endsWith('conversations.history')) looked.push(words.get('channel'));
          if (!request.path.endsWith('conversations.list')) return server.handle(request, state);
          const cursor = words.get('cursor');
          asked.push(cursor);
          const channels =
            cursor === 'c2'
              ? [{ id: 'C0BILLING1', name: 'billing' }]
              : [{ id: 'C0OTHERS01', name: 'others' }];
          const next_cursor = { '': 'c1', c1: 'c2' }[cursor ?? ''] ?? '';
          return {
            status: 200,
            body: JSON.stringify({ ok: true, channels, response_metadata: { next_cursor } }),
          };
        },
      },
      { token: SECRETS.slack.token },
    );
    await (await slack(large.systems)).tell(news());
    expect(looked).toEqual(['C0BILLING1']);
    expect(asked).toEqual([null, 'c1', 'c2']);
  });

  test('no channel: nothing is taken', async () => {
    expect((await slack()).takes(news({ channel: null }))).toBe(false);
    expect((await slack()).takes(news())).toBe(true);
  });
});

test('what came from elsewhere mentions nobody, and is cut where it is long', async () => {
  const notifier = await slack();
  await notifier.tell(news({ text: 'failed: <!channel> & <https://evil.example|here> @channel' }));
  await notifier.tell(news({ text: '<'.repeat(50_000) }));
  const [[first, second] = []] = await threads();
  expect(first).toBe(
    'failed: &lt;!channel&gt; &amp; &lt;https://evil.example|here&gt; @channel Incident Q1.',
  );
  expect(second).toBe(`${'&lt;'.repeat(3_000)}…`);
  const sent = practised.host.log.all().find(({ operation }) => operation === 'chat.postMessage');
  const args = new URLSearchParams(sent?.body ?? '');
  expect(Object.fromEntries(args)).toMatchObject({ parse: 'none', link_names: 'false', mrkdwn: 'false' });
  expect(args.has('token')).toBe(false);
});

describe('what goes wrong', () => {
  test('errors inside HTTP 200: no such channel, and a token that is not accepted', async () => {
    const gone = await failureOf((await slack()).tell(news({ channel: '#nowhere' })));
    expect(gone).toMatchObject({
      system: 'slack',
      code: 'not_found',
      details: { vendorCode: 'channel_not_found' },
    });
    process.env.ONCALL_TEST_TOKEN_SLACK = 'xoxb-expired';
    const again = openSystems(practised.loaded);
    const refused = await failureOf((await slack(again)).tell(news({ incident: null })));
    expect(refused.code).toBe('unauthorized');
    expect(refused.message).toBe(
      'Slack: invalid_auth. The token is not accepted: check systems.slack.token.',
    );
    expect(again.health().find(({ name }) => name === 'slack')?.ok).toBe(false);
    await again.close();
  });

  test('an error of Slack that is not known stands as it is', async () => {
    const server = slackServer(() => (second += 1_000));
    await using odd = await practise(
      {
        ...server,
        handle: (request, state) =>
          request.path.endsWith('chat.postMessage')
            ? { status: 200, body: JSON.stringify({ ok: false, error: 'workspace_asleep\u001b[2J' }) }
            : server.handle(request, state),
      },
      { token: SECRETS.slack.token },
    );
    expect(await failureOf((await slack(odd.systems)).tell(news()))).toMatchObject({
      code: 'invalid',
      message: 'Slack: workspace_asleep␛[2J.',
      details: { vendorCode: 'workspace_asleep␛[2J' },
    });
  });

  test('a rate limit is told, and the message is not sent again', async () => {
    practised.fault('chat.postMessage', { fault: 'status', status: 429, headers: { 'Retry-After': '30' } });
    const failure = await failureOf((await slack()).tell(news()));
    expect(failure).toMatchObject({ code: 'rate_limited', mayHaveHappened: false });
    expect(failure.message).toContain('asked again in 30 s');
    expect(posts()).toBe(1);
  });

  test.each(['reset_before', 'reset_after', 'truncate', 'garbage'] as const)(
    '%s: sent once',
    async (fault) => {
      practised.fault('chat.postMessage', { fault });
      const failure = await failureOf((await slack()).tell(news()));
      expect(failure.mayHaveHappened).toBe(true);
      expect(posts()).toBe(1);
    },
  );

  test('a server error of Slack is no success', async () => {
    practised.fault('chat.postMessage', { fault: 'status', status: 200 });
    expect((await failureOf((await slack()).tell(news()))).code).toBe('server_error');
    practised.fault('chat.postMessage', { fault: 'status', status: 503 });
    expect((await failureOf((await slack()).tell(news()))).code).toBe('server_error');
    expect(posts()).toBe(2);
  });
});

test('two messages at once go a second apart, as Slack wants them', async () => {
  await practised[Symbol.asyncDispose]();
  practised = await practise(slackServer(), { token: SECRETS.slack.token });
  const notifier = await slack();
  await Promise.all([
    notifier.tell(news({ intent: 'one', incident: null })),
    notifier.tell(news({ intent: 'two', incident: null })),
    notifier.tell(news({ intent: 'three', incident: null, channel: '#ledger' })),
  ]);
  expect((await threads()).length).toBe(2);
  expect((await threads('#ledger')).length).toBe(1);
});
