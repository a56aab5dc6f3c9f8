import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Host } from '../../../src/practice/host.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { splunkServer } from '../../../src/practice/servers/splunk/index.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import type { World } from '../../../src/practice/world/world.ts';

/** What these tests use of the SDK with its own HTTP, as any program in the tribe would. */
interface SdkJob {
  readonly sid: string;
  fetch(): Promise<SdkJob>;
  properties(): Record<string, unknown>;
  results(parameters: object): Promise<[SdkRows, SdkJob]>;
  preview(parameters: object): Promise<[SdkRows, SdkJob]>;
  events(parameters: object): Promise<[SdkRows, SdkJob]>;
  pause(): Promise<unknown>;
  unpause(): Promise<unknown>;
  finalize(): Promise<unknown>;
  touch(): Promise<unknown>;
  setTTL(seconds: number): Promise<unknown>;
  cancel(): Promise<unknown>;
  track(options: object, callbacks: Record<string, (job: SdkJob) => void>): Promise<void>;
}
interface SdkRows {
  readonly init_offset: number;
  readonly preview: boolean;
  readonly fields: unknown[];
  readonly rows?: string[][];
  readonly results?: Record<string, string>[];
}
interface SdkService {
  readonly sessionKey: string;
  readonly version: string;
  login(): Promise<unknown>;
  search(search: string, parameters: object): Promise<SdkJob>;
  oneshotSearch(search: string, parameters: object): Promise<SdkRows>;
  parse(search: string, parameters: object): Promise<{ commands: { command: string }[] }>;
  jobs(): { fetch(): Promise<{ list(): SdkJob[] }> };
  savedSearches(): { fetch(): Promise<{ list(): unknown[] }> };
  serverInfo(): Promise<{ properties(): Record<string, unknown> }>;
  currentUser(): Promise<{ properties(): Record<string, unknown> }>;
}

const { token, username, password } = SECRETS.splunk;
const STORY = 'search index=app service=charge-central environment=prod';
let world: World;
let host: Host;
let url: string;
let service: SdkService;

beforeAll(async () => {
  world = createWorld({ scenario: 'bad-deploy', seed: 3, speed: 1 });
  host = new Host(world);
  ({ url } = await host.serve(splunkServer()));
  const before = { ...process.env };
  const sdk = createRequire(import.meta.url)('splunk-sdk');
  process.env = before;
  sdk.Logger.setLevel('NONE');
  const { hostname, port } = new URL(url);
  service = new sdk.Service({ scheme: 'http', host: hostname, port, username, password, version: '9.1' });
  await service.login();
});

afterAll(async () => {
  await host.close();
  world.stop();
});

async function finished(search: string, parameters: object = {}): Promise<SdkJob> {
  const job = await service.search(search, { exec_mode: 'blocking', ...parameters });
  return job.fetch();
}

function ask(path: string, options: { method?: string; form?: Record<string, string>; auth?: string } = {}) {
  return fetch(`${url}${path}`, {
    method: options.method ?? (options.form === undefined ? 'GET' : 'POST'),
    headers: { authorization: options.auth ?? `Bearer ${token}` },
    ...(options.form === undefined
      ? {}
      : { body: new URLSearchParams({ output_mode: 'json', ...options.form }) }),
  });
}

describe('splunkd through splunk-sdk', () => {
  it('logs in, and says who and what it is', async () => {
    expect(service.sessionKey).not.toBe('');
    expect(service.version).toMatch(/^9\./);
    expect((await service.serverInfo()).properties()).toMatchObject({ product_type: 'enterprise' });
    expect((await service.currentUser()).properties()).toMatchObject({ username });
  });

  it('runs a normal job through its states to results, newest first', async () => {
    const job = await service.search(`${STORY} level=error`, { earliest_time: '-5m', latest_time: 'now' });
    const states: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      const see = (seen: SdkJob) => states.push(seen.properties().dispatchState);
      job
        .track({ period: 5 }, { _preready: see, progress: see, done: () => resolve(), error: reject })
        .catch(reject);
    });
    const order = states.map((state) => ['QUEUED', 'PARSING', 'RUNNING', 'DONE'].indexOf(String(state)));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted());
    expect(states.at(-1)).toBe('DONE');
    const status = (await job.fetch()).properties();
    expect(status).toMatchObject({
      dispatchState: 'DONE',
      doneProgress: 1,
      isDone: true,
      isFailed: false,
      isFinalized: false,
      eventIsTruncated: false,
      messages: [],
    });
    const [page] = await job.results({ output_mode: 'json', count: 0 });
    expect(page.results).toHaveLength(Number(status.resultCount));
    expect(status.eventCount).toBe(status.resultCount);
    const times = (page.results ?? []).map((row) => String(row._time));
    expect(times).toEqual(times.toSorted().reverse());
    expect(page.results?.at(0)).toMatchObject({
      index: 'app',
      level: 'error',
      service: 'charge-central',
      version: '1.0.283',
      environment: 'prod',
      instance: expect.stringMatching(/^i-0[0-9a-f]{16}$/),
      splunk_server: expect.any(String),
      _time: expect.stringMatching(/^2026-11-17T03:\d\d:\d\d\.\d{3}\+00:00$/),
      _indextime: expect.stringMatching(/^\d{10}$/),
      _cd: expect.stringMatching(/^\d+:\d+$/),
      _bkt: expect.stringMatching(/^app~\d+~/),
    });
  });

  it('pages, in the shapes the SDK asks for', async () => {
    const job = await finished(`${STORY} | fields level`, { earliest_time: '-10m' });
    const [first] = await job.results({ count: 10 });
    const [second] = await job.results({ count: 10, offset: 10, output_mode: 'json' });
    const [both] = await job.results({ count: 20, output_mode: 'json' });
    expect(first.fields).toEqual(['_raw', '_time', 'level']);
    expect(first.rows).toHaveLength(10);
    expect(second.init_offset).toBe(10);
    expect(both.fields).toContainEqual({ name: 'level' });
    expect(both.results?.slice(10)).toEqual(second.results);
    expect(both.results?.[9]?._raw).toBe(first.rows?.[9]?.[0]);
    const [events] = await job.events({ count: 5, output_mode: 'json' });
    expect(events.results).toEqual(both.results?.slice(0, 5));
    expect((await job.results({ output_mode: 'json' }))[0].results).toHaveLength(100);
  });

  it('answers index time, and the same line with the same address again', async () => {
    const end = Math.floor(world.now() / 1000) - 60;
    const bounds = { index_earliest: end - 60, index_latest: end, earliest_time: '-1h' };
    const read = async () => {
      const job = await finished(`${STORY} | fields _cd _bkt _indextime`, bounds);
      return (await job.results({ count: 0, output_mode: 'json' }))[0].results ?? [];
    };
    const rows = await read();
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) {
      expect(Number(row._indextime)).toBeGreaterThanOrEqual(end - 60);
      expect(Number(row._indextime)).toBeLessThan(end);
    }
    expect(await read()).toEqual(rows);
  });

  it('cuts at max_count and says so', async () => {
    const job = await finished(STORY, { earliest_time: '-10m', max_count: 50 });
    expect(job.properties()).toMatchObject({ eventIsTruncated: true, resultCount: 50, isDone: true });
    expect(Number(job.properties().eventCount)).toBeGreaterThan(50);
  });

  it('reports', async () => {
    const rows = (
      await service.oneshotSearch(`${STORY} earliest=-5m | stats count by level`, { output_mode: 'json' })
    ).results;
    const counts = Object.fromEntries((rows ?? []).map((row) => [row.level, Number(row.count)]));
    expect(counts.error).toBeGreaterThan(100);
    expect(counts.info).toBeGreaterThan(100);
    const chart = await service.oneshotSearch(
      `${STORY} earliest=-30m@m latest=@m | timechart span=1m count by level`,
      {
        output_mode: 'json',
        count: 0,
      },
    );
    expect(chart.results).toHaveLength(30);
    expect(chart.results?.every((row) => row._span === '60' && Number(row.info) > 0)).toBe(true);
  });

  it('is controlled: pause, unpause, touch, setttl, finalize, cancel', async () => {
    const job = await service.search('search index=app', { earliest_time: '-7d' });
    await job.pause();
    await expect.poll(async () => (await job.fetch()).properties().dispatchState).toBe('PAUSED');
    expect((await job.fetch()).properties()).toMatchObject({ isPaused: true, isDone: false });
    await job.touch();
    await job.setTTL(30);
    expect((await job.fetch()).properties().ttl).toBe(30);
    await job.unpause();
    expect((await job.fetch()).properties().isPaused).toBe(false);
    await job.finalize();
    await expect.poll(async () => (await job.fetch()).properties().isDone).toBe(true);
    expect((await job.fetch()).properties().isFinalized).toBe(true);
    await job.cancel();
    await expect(job.fetch()).rejects.toMatchObject({ status: 404 });
  });

  it('forgets a job that nobody touches for its time to live', async () => {
    const job = await finished(`${STORY} | head 1`, { timeout: 1 });
    const known = async () => (await service.jobs().fetch()).list().map(({ sid }) => sid);
    expect(await known()).toContain(job.sid);
    await expect.poll(known, { timeout: 10_000, interval: 200 }).not.toContain(job.sid);
    await expect(job.fetch()).rejects.toMatchObject({ status: 404 });
  });

  it('lists jobs and saved searches, and parses', async () => {
    const job = await finished(`${STORY} | head 1`);
    expect((await service.jobs().fetch()).list().map(({ sid }) => sid)).toContain(job.sid);
    expect((await service.savedSearches().fetch()).list().length).toBeGreaterThan(0);
    const parsed = await service.parse('search index=app | head 3', {});
    expect(parsed.commands.map(({ command }) => command)).toEqual(['search', 'head']);
    await expect(service.parse('search index=app | nonsense', {})).rejects.toMatchObject({
      status: 400,
      data: { messages: [{ type: 'FATAL', text: "Unknown search command 'nonsense'." }] },
    });
  });

  it('refuses the eleventh search at once with the limit in words', async () => {
    const started = await Promise.all(
      Array.from({ length: 10 }, () => service.search('search index=app', { earliest_time: '-7d' })),
    );
    try {
      await expect(service.search('search index=app', {})).rejects.toMatchObject({
        status: 503,
        data: {
          messages: [
            {
              text: expect.stringMatching(
                /^Search not executed: The maximum number of concurrent historical searches on this instance has been reached.*current_concurrency=10, concurrency_limit=10$/,
              ),
            },
          ],
        },
      });
    } finally {
      await Promise.all(started.map((job) => job.cancel()));
    }
  });
});

describe('splunkd through plain HTTP', () => {
  it('knows a session key, a bearer token, and nobody else', async () => {
    const login = await ask('/services/auth/login', { form: { username, password } });
    const { sessionKey } = (await login.json()) as { sessionKey: string };
    const context = '/services/authentication/current-context?output_mode=json';
    expect((await ask(context, { auth: `Splunk ${sessionKey}` })).status).toBe(200);
    expect((await ask(context)).status).toBe(200);
    const stranger = await ask(context, { auth: 'Bearer wrong' });
    expect(stranger.status).toBe(401);
    expect(await stranger.json()).toEqual({
      messages: [{ type: 'WARN', text: 'call not properly authenticated' }],
    });
    const refused = await ask('/services/auth/login', { form: { username, password: 'wrong' } });
    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({ messages: [{ type: 'WARN', text: 'Login failed' }] });
  });

  it('answers XML to those who ask for nothing else', async () => {
    const body = new URLSearchParams({ username, password });
    const login = await fetch(`${url}/services/auth/login`, { method: 'POST', body });
    expect(await login.text()).toMatch(/<sessionKey>\S+<\/sessionKey>/);
  });

  it('creates with 201, is not ready with 204, and forgets a deleted job', async () => {
    const path = '/servicesNS/nobody/search/search/v2/jobs';
    const created = await ask(path, { form: { search: 'search index=app earliest=-7d' } });
    expect(created.status).toBe(201);
    const { sid } = (await created.json()) as { sid: string };
    expect((await ask(`${path}/${sid}/results?output_mode=json`)).status).toBe(204);
    await ask(`${path}/${sid}/control`, { form: { action: 'finalize' } });
    await expect.poll(async () => (await ask(`${path}/${sid}/results?output_mode=json`)).status).toBe(200);
    expect((await ask(`${path}/${sid}`, { method: 'DELETE' })).status).toBe(200);
    const gone = await ask(`${path}/${sid}?output_mode=json`);
    expect(gone.status).toBe(404);
    expect(await gone.json()).toEqual({ messages: [{ type: 'FATAL', text: 'Unknown sid.' }] });
  });

  it.each([
    ['index=app', 400, "Unknown search command 'index'."],
    ['search index=app | lookup users id', 400, "Unknown search command 'lookup'."],
    [
      'search index=app | delete',
      403,
      "Error in 'delete' command: You have insufficient privileges to run this command.",
    ],
    ['search index=app earliest=soon', 400, 'Invalid value "soon" for time term \'earliest\''],
    [
      'search index=app earliest=-1h latest=-2h',
      400,
      'Invalid latest_time: latest_time must be after earliest_time.',
    ],
  ])('refuses %s', async (search, status, text) => {
    const answer = await ask('/services/search/v2/jobs', { form: { search } });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ messages: [{ type: 'FATAL', text }] });
  });

  it('exports line by line: previews from offset 0, then all rows, the last one marked', async () => {
    const answer = await ask('/services/search/v2/jobs/export', { form: { search: `${STORY} | head 20` } });
    const lines = (await answer.text())
      .trim()
      .split('\n')
      .map((line): { preview: boolean; offset: number; lastrow?: boolean; result: Record<string, string> } =>
        JSON.parse(line),
      );
    const final = lines.filter(({ preview }) => !preview);
    expect(lines.some(({ preview }) => preview)).toBe(true);
    expect(final.map(({ offset }) => offset)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(final.filter(({ lastrow }) => lastrow)).toEqual([final.at(-1)]);
    expect(final.at(0)?.result._time).toMatch(/^2026-11-17 03:\d\d:\d\d\.\d{3} UTC$/);
  });

  it('names operations by route for the request log, none of them a mutation', async () => {
    await ask('/servicesNS/nobody/search/search/v2/jobs/nobody.1/results');
    const last = host.log.all().at(-1);
    expect(last).toMatchObject({
      system: 'splunk',
      operation: 'GET /services/search/v2/jobs/{sid}/results',
      mutation: false,
      status: 404,
    });
  });
});
