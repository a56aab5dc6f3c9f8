import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultOrder, faultSchema } from '../../../src/practice/faults.ts';
import { Host } from '../../../src/practice/host.ts';
import type { PracticeServer } from '../../../src/practice/servers/server.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import type { World } from '../../../src/practice/world/world.ts';

const TEXT = JSON.stringify({ counted: 'an answer long enough to be cut' });
let world: World;
let host: Host;
let url: string;
let handled: number;

/** Counts what reaches it: `POST /count` is its mutation. */
const counter: PracticeServer = {
  system: 'pagerduty',
  identify: ({ method, path }) => ({ name: `${method} ${path}`, mutation: method === 'POST' }),
  handle: ({ path }) => {
    handled++;
    if (path === '/stream') return { status: 200, body: pieces() };
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body: TEXT };
  },
};

async function* pieces(): AsyncIterable<string> {
  yield 'one ';
  yield 'two';
}

beforeEach(async () => {
  world = createWorld({ scenario: 'quiet', seed: 1, speed: 1 });
  host = new Host(world);
  handled = 0;
  url = (await host.serve(counter)).url;
});
afterEach(async () => {
  await host.close();
  world.stop();
});

const order = (fault: Partial<FaultOrder> & Pick<FaultOrder, 'fault'>) =>
  host.faults.order(faultSchema.parse({ system: 'pagerduty', ...fault }));
const post = (signal?: AbortSignal) =>
  fetch(`${url}/count`, { method: 'POST', body: '{"by":1}', ...(signal === undefined ? {} : { signal }) });

test('answers carry the world’s time, and every request is in the log', async () => {
  const response = await fetch(`${url}/count?x=1`);
  expect(response.headers.get('date')).toMatch(/^Tue, 17 Nov 2026 03:12:\d\d GMT$/);
  expect(await response.text()).toBe(TEXT);
  await post();
  expect(host.log.all()).toEqual([
    {
      n: 1,
      system: 'pagerduty',
      method: 'GET',
      path: '/count',
      operation: 'GET /count',
      mutation: false,
      body: null,
      status: 200,
      at: expect.stringMatching(/^2026-11-17T03:12:\d\dZ$/),
    },
    expect.objectContaining({ n: 2, operation: 'POST /count', mutation: true, body: '{"by":1}' }),
  ]);
});

test('streams arrive whole', async () => {
  expect(await (await fetch(`${url}/stream`)).text()).toBe('one two');
});

test('reset_before: nothing was done; reset_after: it was done, and nobody told', async () => {
  order({ fault: 'reset_before' });
  await expect(post()).rejects.toThrow();
  expect(handled).toBe(0);
  order({ fault: 'reset_after' });
  await expect(post()).rejects.toThrow();
  expect(handled).toBe(1);
  expect(host.log.all().map((request) => request.status)).toEqual([null, null]);
  expect((await post()).status).toBe(200);
});

test('status: with its headers, so many times, for that operation only', async () => {
  order({
    fault: 'status',
    status: 429,
    headers: { 'ratelimit-reset': '7' },
    times: 2,
    match: { operation: 'POST /count' },
  });
  expect((await fetch(`${url}/count`)).status).toBe(200);
  const refused = await post();
  expect([refused.status, refused.headers.get('ratelimit-reset')]).toEqual([429, '7']);
  expect(await refused.json()).toEqual({ error: { message: 'Rate Limit Exceeded', code: 2020 } });
  expect((await post()).status).toBe(429);
  expect((await post()).status).toBe(200);
  expect(handled).toBe(2);
});

test('truncate: half of the JSON; garbage: a proxy’s page with 200', async () => {
  order({ fault: 'truncate' });
  expect(await (await post()).text()).toBe(TEXT.slice(0, Math.floor(TEXT.length / 2)));
  order({ fault: 'garbage' });
  const page = await post();
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
  expect(await page.text()).toContain('<html>');
  order({ fault: 'truncate' });
  expect(await (await fetch(`${url}/stream`)).text()).toBe('one');
});

test('hang: no answer at all, until whoever asks gives up', async () => {
  order({ fault: 'hang' });
  await expect(post(AbortSignal.timeout(100))).rejects.toThrow('timeout');
  expect(handled).toBe(0);
});

test('hang with ms: then the connection ends; delay: the answer comes later', async () => {
  order({ fault: 'hang', ms: 30 });
  await expect(post()).rejects.toThrow();
  order({ fault: 'delay', ms: 30 });
  expect((await post()).status).toBe(200);
});

test('drip: byte by byte, yet whole', async () => {
  order({ fault: 'drip', ms: 1 });
  const response = await post();
  expect(response.headers.get('content-length')).toBe(String(TEXT.length));
  expect(await response.text()).toBe(TEXT);
});

test('a fault of one system leaves the others alone, and can be called off', async () => {
  order({ fault: 'status', system: 'aws', status: 500 });
  order({ fault: 'status', status: 500, times: 9 });
  expect((await post()).status).toBe(500);
  host.faults.clear();
  expect((await post()).status).toBe(200);
});

test('an instance’s socket passes the same log and faults', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'host-'));
  try {
    const path = join(folder, 'i-1.sock');
    await host.serveSocket({ ...counter, system: 'docker' }, 'i-1', path);
    order({ fault: 'status', system: 'docker', status: 503 });
    const get = () =>
      new Promise((resolve, reject) => {
        const sent = httpRequest({ socketPath: path, path: '/_ping', agent: false }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode));
        });
        sent.on('error', reject).end();
      });
    expect([await get(), await get()]).toEqual([503, 200]);
    expect(host.log.all()).toMatchObject([{ system: 'docker', operation: 'GET /_ping' }, { status: 200 }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
