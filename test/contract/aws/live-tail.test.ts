import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import type { LoadedConfig } from '../../../src/config/types.ts';
import { findService } from '../../../src/model/catalog.ts';
import { HOUR, MINUTE } from '../../../src/model/instant.ts';
import type { LogLine, LogWay } from '../../../src/model/log-line.ts';
import type { LogQuery, LogSearch, Systems } from '../../../src/model/ports/index.ts';
import { type RunningPractice, startPractice } from '../../../src/practice/process.ts';
import { openSystems } from '../../../src/systems/index.ts';
import { openWatch } from '../../../src/watch/follow.ts';
import { polled } from './polled.ts';

let practice: RunningPractice;
let loaded: LoadedConfig;
let systems: Systems;
let logs: LogSearch;
let query: LogQuery;
const tails: Tail[] = [];

beforeAll(async () => {
  practice = await startPractice({
    scenario: 'bad-deploy',
    seed: 1,
    speed: 5,
    tls: false,
    untilStdinCloses: false,
  });
  loaded = await loadConfig({ configFile: practice.line.config });
  systems = openSystems(loaded);
  logs = await systems.logSearch();
  query = queryOf('prod');
});

afterEach(async () => {
  await Promise.all(tails.splice(0).map((tail) => tail.end()));
  practice.host.faults.clear();
  await vi.waitFor(() => expect(sessions()).toEqual([]), patience);
});

afterAll(async () => {
  await systems?.close();
  await practice?.stop();
});

function queryOf(environment: string): LogQuery {
  const service = findService(loaded.catalog, 'mailer');
  if (service === undefined) throw new Error('mailer logs to CloudWatch in the practice world');
  return { service, environment, sinceMs: 5 * MINUTE };
}

interface Tail {
  readonly lines: readonly LogLine[];
  readonly ways: readonly LogWay[];
  end(): Promise<void>;
}

/** Follows in the background until the test ends. */
function follow(from = logs, what = query): Tail {
  const lines: LogLine[] = [];
  const ways: LogWay[] = [];
  const stop = new AbortController();
  const done = (async () => {
    for await (const step of from.tail(what, stop.signal)) {
      if (step.kind === 'trouble') continue;
      lines.push(...step.batch.lines);
      if (step.batch.way !== undefined) ways.push(step.batch.way);
    }
  })();
  const tail = {
    lines,
    ways,
    end: () => {
      stop.abort();
      return done;
    },
  };
  tails.push(tail);
  return tail;
}

const patience = { timeout: 15_000, interval: 20 };
const sessions = () => practice.world.state.liveTails;
const isLive = (tail: Tail) =>
  vi.waitFor(() => expect(tail.ways.at(-1)).toMatchObject({ kind: 'live tail' }), patience);
const shows = (tail: Tail, text: string, times = 1) =>
  vi.waitFor(
    () => expect(tail.lines.filter(({ message }) => message.includes(text))).toHaveLength(times),
    patience,
  );
const emit = (message: string) =>
  practice.world.logs.emit({ service: 'mailer', environment: 'prod', message });
const asked = (operation: string) =>
  practice.host.log.all().filter((request) => request.operation === operation).length;

function expectOnce({ lines }: Tail): void {
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
}

test('a line comes through the session, and not again with the pages', async () => {
  const tail = follow();
  await isLive(tail);
  expect(sessions()).toMatchObject([{ groups: ['/harbour/prod/mailer'] }]);
  emit('parcel 4711 is lost');
  await shows(tail, 'parcel 4711 is lost');
  const pages = asked('FilterLogEvents');
  await vi.waitFor(() => expect(asked('FilterLogEvents')).toBeGreaterThan(pages + 1), patience);
  await shows(tail, 'parcel 4711 is lost');
  expectOnce(tail);
});

test('what the session samples, the pages bring', async () => {
  const tail = follow();
  await isLive(tail);
  for (let parcel = 0; parcel < 2_000; parcel += 1) emit(`flood of parcel ${parcel}.`);
  await vi.waitFor(() => expect(tail.ways.some(({ sampled }) => sampled)).toBe(true), patience);
  await shows(tail, 'flood of parcel', 2_000);
  await vi.waitFor(() => expect(tail.ways.at(-1)).toMatchObject({ sampled: false }), patience);
  expectOnce(tail);
});

test('whoever looks away ends the session', async () => {
  const tail = follow();
  await isLive(tail);
  await tail.end();
  await vi.waitFor(() => expect(sessions()).toEqual([]), patience);
});

test('after three hours the next session begins, and nothing is missing', async () => {
  const tail = follow();
  await isLive(tail);
  const [first] = sessions();
  emit('before the third hour');
  await shows(tail, 'before the third hour');
  practice.world.advance((3 * HOUR) / 1000);
  await vi.waitFor(() => expect(sessions().some((session) => session !== first)).toBe(true), patience);
  await isLive(tail);
  emit('after the third hour');
  await shows(tail, 'after the third hour');
  expectOnce(tail);
});

test.each(['SessionStreamingException', 'cut'] as const)(
  'a session that ends by %s is begun again',
  async (ending) => {
    const tail = follow();
    await isLive(tail);
    const [first] = sessions();
    if (first !== undefined) first.ending = ending;
    await vi.waitFor(
      () => expect(tail.ways.at(-1)).toMatchObject({ kind: 'polled', why: 'live tail broke off' }),
      patience,
    );
    emit(`told while nobody tails, ${ending}`);
    await shows(tail, `told while nobody tails, ${ending}`);
    await isLive(tail);
    expectOnce(tail);
  },
);

test('not permitted: it is polled, says so, and does not ask each time', async () => {
  practice.host.faults.order({
    system: 'aws',
    match: { operation: 'StartLiveTail' },
    fault: 'status',
    status: 403,
    times: 1,
  });
  const before = asked('StartLiveTail');
  const polled = { kind: 'polled', why: 'live tail not permitted' };
  const fresh = openSystems(loaded);
  const search = await fresh.logSearch();
  const tail = follow(search);
  await vi.waitFor(() => expect(tail.ways.at(-1)).toMatchObject(polled), patience);
  emit('polled all the same');
  await shows(tail, 'polled all the same');
  await tail.end();
  const again = follow(search);
  await vi.waitFor(() => expect(again.ways.at(-1)).toMatchObject(polled), patience);
  await again.end();
  expect(asked('StartLiveTail')).toBe(before + 1);
  await fresh.close();
});

test('when the account has all its sessions, it is polled', async () => {
  const others = Array.from({ length: 15 }, () => ({ groups: ['/others'], since: 0, ending: null }));
  sessions().push(...others);
  const fresh = openSystems(loaded);
  const tail = follow(await fresh.logSearch());
  await vi.waitFor(
    () => expect(tail.ways.at(-1)).toMatchObject({ kind: 'polled', why: 'too many live tails' }),
    patience,
  );
  await tail.end();
  await fresh.close();
  sessions().splice(0);
});

test('nobody who did not ask for it pays', async () => {
  const before = asked('StartLiveTail');
  const fresh = openSystems(polled(loaded));
  const tail = follow(await fresh.logSearch());
  emit('seen without a session');
  await shows(tail, 'seen without a session');
  expect(tail.ways.at(-1)).toEqual({ kind: 'polled', sampled: false, why: null });
  expect(asked('StartLiveTail')).toBe(before);
  await tail.end();
  await fresh.close();
});

test('a text is looked for by the session too', async () => {
  const tail = follow(logs, { ...query, contains: 'say "when"' });
  await isLive(tail);
  emit('nothing to say');
  emit('just say "when" \\ now');
  await shows(tail, 'just say');
  expect(tail.lines.filter(({ message }) => !message.includes('say "when"'))).toEqual([]);
});

test('a pane that is hidden, or shows another service, has no session any more', async () => {
  const watch = openWatch(systems, loaded.catalog);
  const hide = watch.logs('mailer', 'prod').subscribe(() => undefined);
  await vi.waitFor(() => expect(sessions()).toMatchObject([{ groups: ['/harbour/prod/mailer'] }]), patience);
  hide();
  await vi.waitFor(() => expect(sessions()).toEqual([]), patience);
  const shown = watch.logs('mailer', 'test').subscribe(() => undefined);
  await vi.waitFor(() => expect(sessions()).toMatchObject([{ groups: ['/harbour/test/mailer'] }]), patience);
  shown();
  await vi.waitFor(() => expect(sessions()).toEqual([]), patience);
  await watch.stop();
});
