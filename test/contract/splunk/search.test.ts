import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { LogQuery } from '../../../src/model/ports/log-search.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { splunkServer } from '../../../src/practice/servers/splunk/index.ts';
import { type Practised, practise } from '../practised.ts';

const CREATE = 'POST /services/search/v2/jobs';
const CONTROL = 'POST /services/search/v2/jobs/{sid}/control';

let practised: Practised;
beforeEach(async () => {
  practised = await practise(splunkServer(), { token: SECRETS.splunk.token });
});
afterEach(() => practised[Symbol.asyncDispose]());

function query(more: Partial<LogQuery> = {}): LogQuery {
  return { service: practised.service('charge-central'), environment: 'prod', sinceMs: 10 * MINUTE, ...more };
}

describe('a search', () => {
  test('brings the newest lines, oldest first, of one service in one environment', async () => {
    const logs = await practised.systems.logSearch();
    const { lines } = await logs.search(query(), 50);
    expect(lines).toHaveLength(50);
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(50);
    const newest = lines.at(-1)?.at ?? 0;
    expect(practised.world.now() - newest).toBeLessThan(2 * MINUTE);
    for (const line of lines) {
      expect(line.service).toBe('charge-central');
      expect(line.instance).toMatch(/^i-[0-9a-f]+$/);
      expect(line.version).toBe('1.0.283');
      expect(line.indexedAt).toBeGreaterThanOrEqual(line.at - SECOND);
    }
  });

  test('tells the error of the story by its level and its message', async () => {
    const logs = await practised.systems.logSearch();
    const { lines } = await logs.search(query({ contains: "undefined method `cents'" }), 20);
    expect(lines.length).toBeGreaterThan(0);
    const json = lines.find(({ fields }) => fields.logger !== undefined);
    expect(json?.level).toBe('error');
    expect(json?.message).toMatch(/NoMethodError: undefined method `cents' for nil:NilClass/);
  });

  test('reads more rows than fit a page', async () => {
    const logs = await practised.systems.logSearch();
    const { lines } = await logs.search(query({ sinceMs: 60 * MINUTE }), 1_500);
    expect(lines).toHaveLength(1_500);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(1_500);
  });

  test('takes a text as it stands, whatever it holds', async () => {
    const logs = await practised.systems.logSearch();
    expect((await logs.search(query({ contains: '" | delete | search "' }), 5)).lines).toEqual([]);
    expect((await logs.search(query({ contains: 'Error*method' }), 5)).lines).toEqual([]);
    expect((await logs.search(query({ contains: 'a [search b]' }), 5)).lines).toEqual([]);
  });

  test('is one job, ended when it was read, also when it is given up', async () => {
    const logs = await practised.systems.logSearch();
    await logs.search(query(), 10);
    expect(practised.operations().filter((name) => name === CREATE)).toHaveLength(1);
    expect(practised.operations().filter((name) => name === CONTROL)).toHaveLength(1);
    practised.fault('POST /services/search/v2/jobs/{sid}/results', { fault: 'hang' });
    const abort = new AbortController();
    const given = logs.search(query(), 10, abort.signal);
    await expect.poll(() => practised.operations().at(-1)).toMatch(/results$/);
    abort.abort();
    await expect(given).rejects.toMatchObject({ code: 'aborted' });
    expect(practised.operations().filter((name) => name === CONTROL)).toHaveLength(2);
  });

  test('leaves the environment of the process as it was', async () => {
    const before = { ...process.env };
    await (await practised.systems.logSearch()).search(query(), 1);
    expect(process.env).toEqual(before);
  });

  test('has a page in Splunk’s own web interface, where there is one', async () => {
    const logs = await practised.systems.logSearch();
    const link = new URL((await logs.link(query({ contains: 'a "b"' }))) ?? '');
    expect(link.pathname).toBe('/en-US/app/search/search');
    expect(link.searchParams.get('q')).toBe(
      'search index="app" service="charge-central" environment="prod" "*a \\"b\\"*"',
    );
    expect(link.searchParams.get('earliest')).toBe('-600s');
  });

  test('knows Splunk’s clock', async () => {
    await (await practised.systems.logSearch()).search(query(), 1);
    expect(Math.abs(practised.systems.now('splunk') - practised.world.now())).toBeLessThan(1_500);
  });
});

describe('a count of errors', () => {
  const errorsOf = async (span: LogQuery) =>
    (await (await practised.systems.logSearch()).search(span, 10_000)).lines
      .filter(({ level }) => level === 'error' || level === 'fatal')
      .map(({ id }) => id);

  test('agrees with the levels of the lines, and pulls none of them', async () => {
    const logs = await practised.systems.logSearch();
    const span = query({ sinceMs: 6 * MINUTE, untilMs: 2 * MINUTE });
    const before = await errorsOf(span);
    const asked = practised.operations().length;
    const { count, atLeast } = await logs.errorCount(span);
    const names = practised.operations().slice(asked);
    const after = await errorsOf(span);
    expect(atLeast).toBe(false);
    expect(count).toBeGreaterThan(100);
    // Time passes between the three: lines leave the span at one end, others come into it at the other.
    expect(count).toBeGreaterThanOrEqual(before.filter((id) => after.includes(id)).length);
    expect(count).toBeLessThanOrEqual(new Set([...before, ...after]).size);
    expect(names.filter((name) => name === CREATE)).toHaveLength(1);
    expect(names.filter((name) => name.endsWith('/results'))).toHaveLength(1);
    expect(names.at(-1)).toBe(CONTROL);
  });

  test('is none where there is no line', async () => {
    const logs = await practised.systems.logSearch();
    const span = query({ service: practised.service('mailer'), sinceMs: 2 * SECOND, untilMs: 2 * SECOND });
    expect(await logs.errorCount(span)).toEqual({ count: 0, atLeast: false });
  });

  test('a job that fails is a failure in Splunk’s words, and is ended', async () => {
    const logs = await practised.systems.logSearch();
    vi.spyOn(practised.world.logs, 'lines').mockImplementation(() => {
      throw new Error('The indexer is gone.');
    });
    await expect(logs.errorCount(query())).rejects.toMatchObject({
      name: 'Failure',
      code: 'server_error',
      message: 'Splunk: The indexer is gone.',
    });
    expect(practised.operations().at(-1)).toBe(CONTROL);
  });

  test('too many searches at once are a failure, not a number', async () => {
    const logs = await practised.systems.logSearch();
    const jobs = `${practised.loaded.config.systems.splunk?.url}/services/search/v2/jobs`;
    const headers = { authorization: `Bearer ${SECRETS.splunk.token}` };
    const body = () =>
      new URLSearchParams({ search: 'search index=app', earliest_time: '-7d', output_mode: 'json' });
    const sids = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const answer = await fetch(jobs, { method: 'POST', headers, body: body() });
        return ((await answer.json()) as { sid: string }).sid;
      }),
    );
    try {
      await expect(logs.errorCount(query())).rejects.toMatchObject({
        code: 'rate_limited',
        message: 'Splunk runs 10 of at most 10 searches for all its users. This one was not begun.',
      });
    } finally {
      await Promise.all(sids.map((sid) => fetch(`${jobs}/${sid}`, { method: 'DELETE', headers })));
    }
  });

  test('given up half-way ends its job', async () => {
    const logs = await practised.systems.logSearch();
    practised.fault('POST /services/search/v2/jobs/{sid}/results', { fault: 'hang' });
    const abort = new AbortController();
    const given = logs.errorCount(query(), abort.signal);
    await expect.poll(() => practised.operations().at(-1)).toMatch(/results$/);
    abort.abort();
    await expect(given).rejects.toMatchObject({ code: 'aborted' });
    expect(practised.operations().at(-1)).toBe(CONTROL);
  });
});

describe('a failure', () => {
  test('is told in Splunk’s words, with what to do', async () => {
    const logs = await practised.systems.logSearch();
    practised.fault(CREATE, { fault: 'status', status: 403 });
    await expect(logs.search(query(), 1)).rejects.toMatchObject({
      name: 'Failure',
      code: 'forbidden',
      system: 'splunk',
    });
    practised.fault(CREATE, { fault: 'garbage' });
    await expect(logs.search(query(), 1)).rejects.toMatchObject({ code: 'unreadable' });
    practised.fault(CREATE, { fault: 'truncate' });
    await expect(logs.search(query(), 1)).rejects.toMatchObject({ name: 'Failure' });
    practised.fault(CREATE, { fault: 'reset_before' });
    await expect(logs.search(query(), 1)).rejects.toMatchObject({ code: 'reset' });
    expect(practised.operations().filter((name) => name === CREATE)).toHaveLength(4);
    expect((await logs.search(query(), 1)).lines).toHaveLength(1);
  });

  test('a service without logs in Splunk names the key that is missing', async () => {
    const logs = await practised.systems.logSearch();
    const bare = { ...practised.service('charge-central'), logs: null };
    await expect(logs.search(query({ service: bare }), 1)).rejects.toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('services.charge-central.logs'),
    });
  });
});

describe('access', () => {
  test('by user name and password: one login for many searches, a new one after a 401', async () => {
    const { username, password } = SECRETS.splunk;
    await using world = await practise(splunkServer(), { token: password, username });
    const logs = await world.systems.logSearch();
    const asked = { service: world.service('mailer'), environment: 'prod', sinceMs: MINUTE };
    await logs.search(asked, 1);
    await logs.search(asked, 1);
    const logins = () => world.operations().filter((name) => name === 'POST /services/auth/login').length;
    expect(logins()).toBe(1);
    world.fault(CREATE, { fault: 'status', status: 401 });
    await expect(logs.search(asked, 1)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(logins()).toBe(2);
  });

  test('a wrong token is refused once and said so', async () => {
    await using world = await practise(splunkServer(), { token: 'wrong-token' });
    const logs = await world.systems.logSearch();
    const asked = { service: world.service('mailer'), environment: 'prod', sinceMs: MINUTE };
    await expect(logs.search(asked, 1)).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/not properly authenticated.*systems\.splunk\.token/),
    });
    expect(world.operations()).toHaveLength(1);
    expect(world.systems.health()[0]).toMatchObject({
      name: 'splunk',
      ok: false,
      error: { code: 'unauthorized' },
    });
  });
});
