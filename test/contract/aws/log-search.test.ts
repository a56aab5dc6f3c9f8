import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { findService } from '../../../src/model/catalog.ts';
import { HOUR, MINUTE } from '../../../src/model/instant.ts';
import type { LogQuery, LogSearch, Systems } from '../../../src/model/ports/index.ts';
import { openSystems } from '../../../src/systems/index.ts';
import { PracticeWorld } from '../../support/practice.ts';
import { polled } from './polled.ts';

let practice: PracticeWorld;
let systems: Systems;
let logs: LogSearch;
let query: LogQuery;

beforeAll(async () => {
  practice = await PracticeWorld.start();
  const loaded = polled(await loadConfig({ configFile: practice.config }));
  const service = findService(loaded.catalog, 'mailer');
  if (service?.logGroup == null) throw new Error('mailer logs to CloudWatch in the practice world');
  systems = openSystems(loaded);
  logs = await systems.logSearch();
  query = { service, environment: 'prod', sinceMs: HOUR };
});

afterAll(async () => {
  await systems?.close();
  await practice?.stop();
});

test('the newest lines of a log group, oldest first, over as many pages as it takes', async () => {
  const { lines } = await logs.search(query, 400);
  expect(lines).toHaveLength(400);
  expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(new Set(lines.map(({ id }) => id)).size).toBe(400);
  const now = Date.parse((await practice.world()).now);
  expect(now - (lines.at(-1)?.at ?? 0)).toBeLessThan(2 * MINUTE);
});

test('the tail shows the last lines, then each new one once', async () => {
  const giveUp = new AbortController();
  const seen: string[] = [];
  let emitted = false;
  for await (const step of logs.tail(query, giveUp.signal)) {
    if (step.kind === 'trouble') throw step.failure;
    seen.push(...step.batch.lines.map(({ id }) => id));
    if (step.batch.lines.some(({ message }) => message.includes('parcel 4711 is lost'))) giveUp.abort();
    if (!emitted)
      await practice.event({
        kind: 'log',
        service: 'mailer',
        environment: 'prod',
        message: 'parcel 4711 is lost',
      });
    emitted = true;
  }
  expect(new Set(seen).size).toBe(seen.length);
});

test('a text is searched for as it stands, quotes and all', async () => {
  const message = 'said "no" \\ and {left}';
  await practice.event({ kind: 'log', service: 'mailer', environment: 'prod', message });
  await practice.advance(10);
  const { lines } = await logs.search({ ...query, contains: '"no" \\ and {' }, 10);
  expect(lines.map((line) => line.message)).toEqual([expect.stringContaining(message)]);
});

test('errors are counted as the lines are shown, page by page', async () => {
  const words = ['boom', 'no ERROR at all', 'critical mass'];
  for (const [index, level] of (['error', 'info', 'fatal'] as const).entries()) {
    await practice.event({
      kind: 'log',
      service: 'mailer',
      environment: 'test',
      level,
      message: words[index],
    });
  }
  await practice.advance(10);
  const span = { ...query, environment: 'test', sinceMs: HOUR };
  const errorsOf = async () =>
    (await logs.search(span, 5_000)).lines
      .filter(({ level }) => level === 'error' || level === 'fatal')
      .map(({ id }) => id);
  const before = await errorsOf();
  const { count, atLeast } = await logs.errorCount(span);
  const after = await errorsOf();
  expect(atLeast).toBe(false);
  expect(count).toBeGreaterThanOrEqual(Math.max(2, before.filter((id) => after.includes(id)).length));
  expect(count).toBeLessThanOrEqual(new Set([...before, ...after]).size);
});

test('more pages than are read: at least so many', async () => {
  const { count, atLeast } = await logs.errorCount({ ...query, sinceMs: 24 * HOUR });
  expect(atLeast).toBe(true);
  expect(count).toBeGreaterThan(10);
});

test('a group that is not there is no number', async () => {
  const service = { ...query.service, logGroup: '/nowhere/{environment}' };
  await expect(logs.errorCount({ ...query, service })).rejects.toMatchObject({ code: 'not_found' });
});

test('a group that does not exist is said in one sentence', async () => {
  const service = { ...query.service, logGroup: '/nowhere/{environment}' };
  await expect(logs.search({ ...query, service }, 10)).rejects.toMatchObject({
    code: 'not_found',
    system: 'aws',
  });
});

async function firstTrouble(what: LogQuery) {
  const stop = new AbortController();
  for await (const step of logs.tail(what, stop.signal)) {
    if (step.kind === 'trouble') return step;
  }
  throw new Error('no trouble');
}

test('a tail of a group that does not exist yet says so, and goes on asking', async () => {
  const service = { ...query.service, logGroup: '/nowhere/{environment}' };
  const trouble = await firstTrouble({ ...query, service });
  expect(trouble.failure).toMatchObject({ code: 'not_found' });
  expect(trouble.nextTryMs).toBeGreaterThan(0);
});

test.each([
  [400, 'rate_limited'],
  [401, 'unauthorized'],
] as const)('a tail that meets %i says so, and shows what came meanwhile', async (status, code) => {
  const stop = new AbortController();
  const troubles: string[] = [];
  const seen: string[] = [];
  const text = `after the trouble ${status}`;
  let spoilt = false;
  for await (const step of logs.tail(query, stop.signal)) {
    if (step.kind === 'trouble') troubles.push(step.failure.code);
    else seen.push(...step.batch.lines.map(({ message }) => message));
    if (seen.some((message) => message.includes(text))) stop.abort();
    if (step.kind === 'batch' && !spoilt) {
      spoilt = true;
      // The SDK tries a read three times.
      const times = code === 'rate_limited' ? 3 : 1;
      await practice.fault({
        system: 'aws',
        match: { operation: 'FilterLogEvents' },
        fault: 'status',
        status,
        times,
      });
      await practice.event({ kind: 'log', service: 'mailer', environment: 'prod', message: text });
    }
  }
  expect(troubles[0]).toBe(code);
  expect(seen.filter((message) => message.includes(text))).toHaveLength(1);
});
