import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import { Token } from '../../../src/systems/http/token.ts';
import type { Transport } from '../../../src/systems/http/transport.ts';
import { PagerClient } from '../../../src/systems/pagerduty/client.ts';
import * as wire from '../../../src/systems/pagerduty/wire.ts';
import { json, type Script, scriptedServer } from './scripted-server.ts';

let transport: Transport;
beforeEach(() => {
  transport = openTransport();
});
afterEach(() => transport.close());

const tokens = { given: 0 };
async function asking(script: Script, token: () => string = () => 'y_key') {
  const server = await scriptedServer(script);
  tokens.given = 0;
  const read = async () => {
    tokens.given += 1;
    return token();
  };
  const client = new PagerClient({
    transport,
    token: new Token(transport, read),
    url: `${server.url}/`,
    caFile: undefined,
  });
  return { server, client, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const write = {
  method: 'PUT',
  path: '/incidents',
  data: { incidents: [] },
  from: 'sam@harbour.example',
} as const;

describe('through pdjs', () => {
  test('a read goes out with PagerDuty’s headers and its lists in brackets', async () => {
    await using pager = await asking((_request, response) => json(response, { incidents: [] }));
    await pager.client.get('/incidents', { 'statuses[]': ['triggered', 'acknowledged'], date_range: 'all' });
    const [seen] = pager.server.seen;
    expect(seen).toMatchObject({
      method: 'GET',
      url: '/incidents?statuses%5B%5D=triggered&statuses%5B%5D=acknowledged&date_range=all',
      headers: {
        authorization: 'Token token=y_key',
        accept: 'application/vnd.pagerduty+json;version=2',
        'content-type': 'application/json; charset=utf-8',
      },
    });
    expect(transport.requestCount('pagerduty')).toBe(1);
  });

  test('an OAuth token is sent as Bearer', async () => {
    const bearer = () => 'pdeu+_0XBPWQQ_token';
    await using pager = await asking((_request, response) => json(response, {}), bearer);
    await pager.client.get('/users/me', {});
    expect(pager.server.seen[0]?.headers.authorization).toBe('Bearer pdeu+_0XBPWQQ_token');
  });

  test('a write carries From and its body, once', async () => {
    await using pager = await asking((_request, response) => json(response, { incidents: [] }));
    await pager.client.write(write);
    expect(pager.server.seen).toMatchObject([
      {
        method: 'PUT',
        url: '/incidents',
        body: '{"incidents":[]}',
        headers: { from: 'sam@harbour.example' },
      },
    ]);
  });

  test.each([
    ['429', 429, 'rate_limited', false],
    ['500', 500, 'server_error', true],
  ] as const)(
    'a write that is answered with %s is not repeated',
    async (_name, status, code, mayHaveHappened) => {
      await using pager = await asking((_request, response) =>
        json(response, {}, status, { 'ratelimit-reset': '0' }),
      );
      await expect(pager.client.write(write)).rejects.toMatchObject({
        name: 'Failure',
        code,
        mayHaveHappened,
      });
      expect(pager.server.seen).toHaveLength(1);
    },
  );

  test('no timer is left behind', async () => {
    await using pager = await asking((_request, response) => json(response, {}, 400));
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    await pager.client.get('/x', {}).catch(() => undefined);
    expect(timers()).toBeLessThanOrEqual(before + 1); // the keep-alive connection's own
  });
});

describe('a refusal', () => {
  test('is told in PagerDuty’s words, with its code', async () => {
    const body = { error: { message: 'Incident Already Resolved', code: 1001, errors: ['Q1 is resolved'] } };
    await using pager = await asking((_request, response) => json(response, body, 400));
    await expect(pager.client.write(write)).rejects.toMatchObject({
      code: 'invalid',
      message: 'PagerDuty: Incident Already Resolved: Q1 is resolved (HTTP 400).',
      details: { status: 400, vendorCode: '1001' },
      mayHaveHappened: false,
    });
  });

  test('a proxy’s page with 502 is a failure, not a Response', async () => {
    await using pager = await asking((_request, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    );
    await expect(pager.client.write(write)).rejects.toMatchObject({ name: 'Failure', code: 'server_error' });
  });

  test('truncated JSON is unreadable', async () => {
    await using pager = await asking((_request, response) => response.end('{"incidents":['));
    await expect(pager.client.get('/incidents', {})).rejects.toMatchObject({ code: 'unreadable' });
    expect(transport.health()).toMatchObject([{ ok: false, error: { code: 'unreadable' } }]);
  });

  test('never shows the token', async () => {
    const body = { error: { message: 'bad key s3cr3t-key', code: 2006 } };
    await using pager = await asking(
      (_request, response) => json(response, body, 403),
      () => 's3cr3t-key',
    );
    await expect(pager.client.get('/x', {})).rejects.toMatchObject({
      message: expect.not.stringContaining('s3cr3t-key'),
    });
  });
});

describe('401', () => {
  test('a read gets a new token once and goes on', async () => {
    const accepts = (authorization: string | undefined) => authorization === 'Token token=key-2';
    await using pager = await asking(
      (request, response) =>
        accepts(request.headers.authorization) ? json(response, { ok: 1 }) : json(response, {}, 401),
      () => `key-${tokens.given}`,
    );
    expect(await pager.client.get('/x', {})).toEqual({ ok: 1 });
    expect(tokens.given).toBe(2);
    await pager.client.get('/x', {});
    expect(tokens.given).toBe(2);
  });

  test('several reads that are refused at once get it once', async () => {
    await using pager = await asking(
      (request, response) => {
        const fresh = request.headers.authorization === 'Token token=key-2';
        json(response, {}, fresh ? 200 : 401);
      },
      () => `key-${tokens.given}`,
    );
    await Promise.all([pager.client.get('/a', {}), pager.client.get('/b', {}), pager.client.get('/c', {})]);
    expect(tokens.given).toBe(2);
  });

  test('a token that stays the same is not tried again', async () => {
    await using pager = await asking((_request, response) => json(response, {}, 401));
    await expect(pager.client.get('/x', {})).rejects.toMatchObject({ code: 'unauthorized' });
    expect(tokens.given).toBe(2);
    expect(pager.server.seen).toHaveLength(1);
  });

  test('a write is sent once; the next one has the new token', async () => {
    await using pager = await asking(
      (_request, response) => json(response, {}, 401),
      () => `key-${tokens.given}`,
    );
    await expect(pager.client.write(write)).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'The token was no longer accepted, so a new one was got: do it once more.',
      mayHaveHappened: false,
    });
    expect(pager.server.seen).toHaveLength(1);
    await expect(pager.client.write(write)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(pager.server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Token token=key-1',
      'Token token=key-2',
    ]);
  });
});

describe('pages', () => {
  const note = (id: number) => ({ id: `N${id}`, content: 'x', created_at: '2026-11-17T03:00:00Z' });

  test('are read to the end, each item once though pages shift', async () => {
    await using pager = await asking((request, response) => {
      const offset = Number(new URL(request.url, 'http://x').searchParams.get('offset'));
      const ids = offset === 0 ? [3, 2, 1] : [2, 1, 0];
      json(response, { notes: ids.map(note), more: offset === 0, limit: 100, offset });
    });
    const found = await pager.client.list('/notes', 'notes', wire.note, {});
    expect(found.map(({ id }) => id)).toEqual(['N3', 'N2', 'N1', 'N0']);
    expect(pager.server.seen.map(({ url }) => url)).toEqual([
      '/notes?limit=100&offset=0',
      '/notes?limit=100&offset=100',
    ]);
  });

  test('stop where PagerDuty would refuse, and at an empty page', async () => {
    await using pager = await asking((_request, response) =>
      json(response, { notes: [note(1)], more: true }),
    );
    await pager.client.list('/notes', 'notes', wire.note, {});
    expect(pager.server.seen.at(-1)?.url).toBe('/notes?limit=100&offset=9900');
    const { more } = await pager.client.newest('/notes', 'notes', wire.note, {}, 200);
    expect(more).toBe(true);
    expect(pager.server.seen.at(-1)?.url).toBe('/notes?limit=100&offset=100');
    await using empty = await asking((_request, response) => json(response, { notes: [], more: true }));
    await empty.client.list('/notes', 'notes', wire.note, {});
    expect(empty.server.seen).toHaveLength(1);
  });

  test('of another shape say which field is wrong', async () => {
    await using pager = await asking((_request, response) => json(response, { notes: [{ id: 7 }] }));
    await expect(pager.client.list('/notes', 'notes', wire.note, {})).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('notes.0.id'),
    });
  });
});
