import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure, type FailureCode } from '../../../src/model/failure.ts';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import type { Transport, TransportRequest } from '../../../src/systems/http/transport.ts';
import { json, scriptedServer } from './scripted-server.ts';

let transport: Transport;
beforeEach(() => {
  transport = openTransport();
});
afterEach(() => transport.close());

function get(url: string, more: Partial<TransportRequest> = {}) {
  return transport.request({ system: 'pagerduty', method: 'GET', url, ...more });
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => expect.unreachable('it should have failed'),
    (failure: Failure) => failure,
  );
}

async function expectFailure(promise: Promise<unknown>, code: FailureCode, text: RegExp): Promise<Failure> {
  const failure = await failureOf(promise);
  expect(failure).toMatchObject({ name: 'Failure', code });
  expect(failure.message).toMatch(text);
  return failure;
}

describe('an answer', () => {
  test('comes with status, headers and body, and is counted', async () => {
    await using server = await scriptedServer((_request, response) => json(response, { a: 1 }, 404));
    const answer = await get(`${server.url}/x?y=1`, { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.body.toString())).toEqual({ a: 1 });
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/x?y=1' });
    expect(transport.requestCount('pagerduty')).toBe(1);
    expect(transport.health()).toMatchObject([{ name: 'pagerduty', ok: true, error: null }]);
  });

  test('tells the clock of its system', async () => {
    await using server = await scriptedServer((_request, response) =>
      json(response, {}, 200, { date: 'Tue, 17 Nov 2026 03:12:00 GMT' }),
    );
    await get(server.url);
    const now = transport.now('pagerduty');
    expect(now).toBeGreaterThanOrEqual(Date.parse('2026-11-17T03:12:00Z'));
    expect(now).toBeLessThan(Date.parse('2026-11-17T03:13:00Z'));
    expect(Math.abs(transport.now('splunk') - Date.now())).toBeLessThan(60_000);
  });
});

describe('a fault of the network', () => {
  test('unknown host', async () => {
    await expectFailure(get('https://no-such-host.invalid/'), 'dns', /no-such-host\.invalid.*check/);
    expect(transport.health()[0]).toMatchObject({ ok: false, error: { code: 'dns' } });
  });

  test('refused', async () => {
    const url = await closedPort();
    const failure = await expectFailure(get(url, { retries: 0 }), 'refused', /refuses connections/);
    expect(failure.mayHaveHappened).toBe(false);
  });

  test('reset before the answer: a read is asked again', async () => {
    await using server = await scriptedServer((_request, response, n) =>
      n === 1 ? response.socket?.resetAndDestroy() : json(response, {}),
    );
    expect((await get(server.url)).status).toBe(200);
    expect(server.seen).toHaveLength(2);
  });

  test('reset before the answer: a write is sent once and its outcome is open', async () => {
    await using server = await scriptedServer((_request, response) => response.socket?.resetAndDestroy());
    const failure = await failureOf(get(server.url, { method: 'PUT', body: '{}' }));
    expect(failure).toMatchObject({ code: 'reset', mayHaveHappened: true });
    expect(server.seen).toHaveLength(1);
  });

  test('cut off in the middle', async () => {
    await using server = await scriptedServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"half":');
      setImmediate(() => response.destroy());
    });
    await expectFailure(get(server.url, { retries: 0 }), 'reset', /before the answer was complete/);
  });

  test('no answer', async () => {
    await using server = await scriptedServer(() => undefined);
    const failure = await expectFailure(get(server.url, { deadlineMs: 150 }), 'timeout', /within 0\.15 s/);
    expect(failure.mayHaveHappened).toBe(true);
  });

  test('a slow drip does not outlast the deadline', async () => {
    await using server = await scriptedServer((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    await expectFailure(get(server.url, { deadlineMs: 200 }), 'timeout', /did not answer within/);
  });

  test('given up by the caller', async () => {
    await using server = await scriptedServer(() => undefined);
    const abort = new AbortController();
    const asked = get(server.url, { signal: abort.signal });
    setImmediate(() => abort.abort());
    await expectFailure(asked, 'aborted', /given up/);
    await expectFailure(get(server.url, { signal: abort.signal }), 'aborted', /given up/);
  });

  test('not HTTP at all', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await expectFailure(get(`http://127.0.0.1:${port}`), 'unreadable', /does not answer in HTTP/);
    server.close();
  });
});

describe('an answer that cannot be used', () => {
  test('a web page with status 200', async () => {
    await using server = await scriptedServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>login</html>'),
    );
    await expectFailure(get(server.url), 'unreadable', /web page/);
  });

  test('too large, announced or not', async () => {
    await using announced = await scriptedServer((_request, response) => {
      response.writeHead(200, { 'content-length': '1073741824' }).write('x');
    });
    await expectFailure(get(announced.url), 'too_large', /larger than 16 MiB/);
    await using endless = await scriptedServer((_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) {
          // until the connection takes no more
        }
      };
      response.on('drain', more);
      more();
    });
    await expectFailure(get(endless.url, { maxBytes: 1_048_576 }), 'too_large', /larger than 1 MiB/);
  });

  test('a redirect is never followed: the token would go along', async () => {
    await using other = await scriptedServer((_request, response) => json(response, {}));
    await using server = await scriptedServer((_request, response) =>
      response.writeHead(302, { location: `${other.url}/elsewhere` }).end(),
    );
    await expectFailure(
      get(server.url),
      'unreadable',
      /redirects to 127\.0\.0\.1:\d+, which is not followed/,
    );
    expect(other.seen).toHaveLength(0);
  });

  test('plain http to another host is refused before anything is sent', async () => {
    await expectFailure(get('http://pagerduty.example/'), 'tls', /use https/);
    await expectFailure(get('ftp://pagerduty.example/'), 'invalid', /https/);
    expect(transport.requestCount('pagerduty')).toBe(0);
  });

  test('secrets are taken out of errors', async () => {
    transport.addSecret('s3cr3t-token');
    const failure = await failureOf(get('ftp://s3cr3t-token.example/'));
    expect(failure.message).not.toContain('s3cr3t-token');
    const base64 = Buffer.from('s3cr3t-token').toString('base64');
    expect(transport.redact(`Basic ${base64} s3cr3t-token`)).toBe('Basic [secret] [secret]');
  });
});

describe('a system in trouble', () => {
  test('one 500 is asked again', async () => {
    await using server = await scriptedServer((_request, response, n) =>
      json(response, {}, n === 1 ? 503 : 200),
    );
    expect((await get(server.url)).status).toBe(200);
    expect(server.seen).toHaveLength(2);
  });

  test('a 500 that stays is handed on, and is in the health', async () => {
    await using server = await scriptedServer((_request, response) => json(response, { no: 1 }, 500));
    expect((await get(server.url, { retries: 1 })).status).toBe(500);
    expect(server.seen).toHaveLength(2);
    expect(transport.health()[0]).toMatchObject({ ok: false, error: { code: 'server_error' } });
  });

  test('a storm of 500s opens the breaker: reads are not sent, a write is', async () => {
    await using server = await scriptedServer((_request, response) => json(response, {}, 500));
    for (let n = 0; n < 10; n += 1) await get(server.url, { retries: 0 });
    const failure = await expectFailure(get(server.url), 'circuit_open', /asked again in \d+ s/);
    expect(failure.details.retryAt).toBeGreaterThan(Date.now() - 1_000);
    expect(failure.mayHaveHappened).toBe(false);
    expect(server.seen).toHaveLength(10);
    expect((await get(server.url, { method: 'PUT' })).status).toBe(500);
    expect(server.seen).toHaveLength(11);
    expect(transport.health()[0]?.retryAt).not.toBeNull();
  });

  test('one system’s breaker is no other’s', async () => {
    await using server = await scriptedServer((_request, response) => json(response, {}, 500));
    for (let n = 0; n < 10; n += 1) await get(server.url, { retries: 0 });
    expect((await get(server.url, { system: 'splunk', retries: 0 })).status).toBe(500);
  });

  test('so many at once, no more', async () => {
    let open = 0;
    let most = 0;
    await using server = await scriptedServer((_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        json(response, {});
      }, 20);
    });
    await Promise.all(Array.from({ length: 12 }, () => get(server.url)));
    expect(most).toBe(3);
  });

  test('a deadline also ends the wait in the queue', async () => {
    await using server = await scriptedServer(() => undefined);
    const stuck = Array.from({ length: 4 }, () => failureOf(get(server.url, { deadlineMs: 100 })));
    for (const failure of await Promise.all(stuck)) expect(failure.code).toBe('timeout');
  });
});

describe('429', () => {
  test('waits as long as the reset says, then asks again', async () => {
    await using server = await scriptedServer((_request, response, n) =>
      n === 1 ? json(response, {}, 429, { 'ratelimit-reset': '0.2' }) : json(response, {}),
    );
    expect((await get(server.url)).status).toBe(200);
    expect(server.seen).toHaveLength(2);
  });

  test('a reset beyond the deadline is thrown with its time, and nothing is asked until then', async () => {
    await using server = await scriptedServer((_request, response) =>
      json(response, {}, 429, { 'retry-after': '40' }),
    );
    const failure = await expectFailure(get(server.url), 'rate_limited', /asked again in (40|39) s/);
    expect(failure.details.status).toBe(429);
    await expectFailure(get(server.url), 'rate_limited', /asked again in/);
    expect(server.seen).toHaveLength(1);
    expect(transport.health()[0]?.retryAt).toBe(failure.details.retryAt);
  });

  test('a day is capped', async () => {
    await using server = await scriptedServer((_request, response) =>
      json(response, {}, 429, { 'retry-after': '86400' }),
    );
    await expectFailure(get(server.url), 'rate_limited', /asked again in 300 s/);
  });

  test('without headers: a pause of our own', async () => {
    await using server = await scriptedServer((_request, response) => json(response, {}, 429));
    const failure = await failureOf(get(server.url, { retries: 0 }));
    expect(failure.details.retryAt).toBeDefined();
  });

  test('whoever has no time for that pause is told of it, not that nobody answered', async () => {
    await using server = await scriptedServer((_request, response) => json(response, {}, 429));
    const late = new AbortController();
    const failing = failureOf(get(server.url, { signal: late.signal }));
    // Refused unsent: the answer to the first has arrived.
    const unsent = async () =>
      (await failureOf(get(server.url, { retries: 0 }))).details.status === undefined;
    await expect.poll(unsent).toBe(true);
    late.abort(new Failure('pagerduty', 'timeout', 'pagerduty did not answer within 6 s.'));
    expect(await failing).toMatchObject({ code: 'rate_limited', details: { status: 429 } });
  });

  test('a write is not repeated', async () => {
    await using server = await scriptedServer((_request, response) =>
      json(response, {}, 429, { 'ratelimit-reset': '0' }),
    );
    const failure = await failureOf(get(server.url, { method: 'PUT' }));
    expect(failure).toMatchObject({ code: 'rate_limited', mayHaveHappened: false });
    expect(server.seen).toHaveLength(1);
  });
});

async function closedPort(): Promise<string> {
  const server = await scriptedServer(() => undefined);
  await server[Symbol.asyncDispose]();
  return server.url;
}
