import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { findService } from '../../../src/model/catalog.ts';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { LogLevel, LogLine } from '../../../src/model/log-line.ts';
import type { LogSearch, LogWindow, Systems } from '../../../src/model/ports/index.ts';
import { type RunningPractice, startPractice } from '../../../src/practice/process.ts';
import { insightsOperations } from '../../../src/practice/servers/aws/insights/index.ts';
import { parseQuery } from '../../../src/practice/servers/aws/insights/parse.ts';
import { AwsError } from '../../../src/practice/servers/aws/protocol.ts';
import { openSystems } from '../../../src/systems/index.ts';
import { polled } from './polled.ts';

const LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'unknown'];

let practice: RunningPractice;
let systems: Systems;
let logs: LogSearch;
let window: LogWindow;
let lines: readonly LogLine[];

beforeAll(async () => {
  practice = await startPractice({
    scenario: 'bad-deploy',
    seed: 1,
    speed: 1,
    tls: false,
    untilStdinCloses: false,
  });
  const loaded = polled(await loadConfig({ configFile: practice.line.config }));
  const service = findService(loaded.catalog, 'mailer');
  if (service === undefined) throw new Error('mailer logs to CloudWatch in the practice world');
  systems = openSystems(loaded);
  logs = await systems.logSearch();
  // Lines so old are all ingested: nothing comes into the window while it is asked about.
  const to = practice.world.now() - 3 * MINUTE + 123;
  window = { service, environment: 'prod', from: to - 20 * MINUTE, to };
  ({ lines } = await logs.search(window, 10_000));
});
afterAll(async () => {
  await systems?.close();
  await practice?.stop();
});

/** The operations that something asked for. */
async function askedBy<T>(work: () => Promise<T>): Promise<readonly [T, readonly string[]]> {
  const before = practice.host.log.all().length;
  const answer = await work();
  return [
    answer,
    practice.host.log
      .all()
      .slice(before)
      .map(({ operation }) => operation),
  ];
}

function countsOf(some: readonly LogLine[]): Partial<Record<LogLevel, number>> {
  const counts: Partial<Record<LogLevel, number>> = {};
  for (const { level } of some) counts[level] = (counts[level] ?? 0) + 1;
  return counts;
}

describe('a histogram by Logs Insights', () => {
  test.each([SECOND, 90 * SECOND, 2 * MINUTE, 77 * MINUTE])(
    'of buckets of %d ms agrees with the lines',
    async (bucketMs) => {
      const span = bucketMs === SECOND ? { ...window, from: window.to - 2 * MINUTE } : window;
      const [histogram, names] = await askedBy(() => logs.histogram(span, bucketMs));
      expect(lines.length).toBeGreaterThan(100);
      expect(histogram.incomplete).toBeNull();
      expect(histogram.buckets).toEqual(
        histogram.buckets.map((_, index) => {
          const begin = Math.max(span.from, histogram.from + index * bucketMs);
          const end = histogram.from + (index + 1) * bucketMs;
          return countsOf(lines.filter(({ at }) => at >= begin && at < end));
        }),
      );
      expect(names.filter((name) => name === 'StartQuery')).toHaveLength(1);
      expect(new Set(names)).toEqual(new Set(['StartQuery', 'GetQueryResults']));
    },
  );

  test('of ages begins so long before CloudWatch’s now', async () => {
    const { from, buckets } = await logs.histogram(
      { service: window.service, environment: 'prod', sinceMs: 10 * MINUTE },
      MINUTE,
    );
    expect(Math.abs(practice.world.now() - 10 * MINUTE - from)).toBeLessThan(2 * MINUTE);
    expect([10, 11]).toContain(buckets.length);
  });
});

test('lines of every form are counted with the level that they are shown with', async () => {
  const [form] = practice.world.logs.lines({ service: 'mailer', from: 0, to: window.to, limit: 1 });
  if (form === undefined) throw new Error('mailer writes no line');
  const texts = [
    '{"level":"error","msg":"no cents"}',
    '{"level":30,"msg":"pino says ERROR"}',
    '{"severity":"CRITICAL","message":"no cents"}',
    '{"level":"odd","msg":"DEBUG is all that tells"}',
    'ts=1 level=warn msg=error',
    'ts=1 severity="notice" msg="ERROR once"',
    '2026-11-17 03:12:41 ERROR [main] c.h.Mailer - level=info',
    'plain text level=warning and then ERROR',
    `2026-11-17 ${'x'.repeat(200)} ERROR is too far from the start`,
    'Traceback\nSEVERE in the second line',
    'nothing tells',
  ];
  const at = window.to - MINUTE;
  const said = texts.map((raw, index) => ({
    ...form,
    at: at + index,
    indexedAt: at + index,
    raw,
    cd: `1:${index}`,
  }));
  vi.spyOn(practice.world.logs, 'lines').mockImplementation(({ from, to }) =>
    said.filter((line) => line.at >= from && line.at < to),
  );
  const { lines: shown } = await logs.search(window, 100);
  const { buckets } = await logs.histogram(window, MINUTE);
  vi.restoreAllMocks();
  const summed: Partial<Record<LogLevel, number>> = {};
  for (const bucket of buckets)
    for (const level of LEVELS)
      if (bucket[level] !== undefined) summed[level] = (summed[level] ?? 0) + bucket[level];
  expect(shown).toHaveLength(texts.length);
  expect(summed).toEqual(countsOf(shown));
});

test('patterns count every line once, most frequent first', async () => {
  const { patterns, cut, incomplete } = await logs.patterns(window);
  expect([cut, incomplete]).toEqual([false, null]);
  expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
  expect(patterns.map(({ count }) => count)).toEqual(
    patterns.map(({ count }) => count).toSorted((one, other) => other - one),
  );
  expect(patterns[0]).toMatchObject({ sample: null, firstAt: null, versions: null, instances: null });
  expect(new Set(patterns.map(({ level }) => level))).toContain('info');
});

test('the lines around one line are its neighbours of all streams, without a gap', async () => {
  const middle = Math.floor(lines.length / 2);
  const { before, after } = await logs.around(window, lines[middle] ?? { at: 0, id: '' }, 30);
  expect(before.lines.map(({ id }) => id).toSorted()).toEqual(
    lines
      .slice(middle - 29, middle + 1)
      .map(({ id }) => id)
      .toSorted(),
  );
  expect(after.lines.map(({ id }) => id).toSorted()).toEqual(
    lines
      .slice(middle + 1, middle + 31)
      .map(({ id }) => id)
      .toSorted(),
  );
  expect([before.more, after.more, before.incomplete, after.incomplete]).toEqual([true, true, null, null]);
});

describe('a query that goes wrong', () => {
  test('is stopped when it is given up', async () => {
    const abort = new AbortController();
    const match = { operation: 'GetQueryResults' };
    practice.host.faults.order({ system: 'aws', match, fault: 'hang', times: 1 });
    const [, names] = await askedBy(async () => {
      const given = logs.patterns(window, abort.signal);
      await expect.poll(() => practice.host.log.all().at(-1)?.operation).toBe('GetQueryResults');
      abort.abort();
      await expect(given).rejects.toMatchObject({ code: 'aborted' });
    });
    expect(names.at(-1)).toBe('StopQuery');
  });

  test.each([
    ['LimitExceededException', 'rate_limited', 'Ask again soon'],
    ['AccessDeniedException', 'forbidden', 'logs:StartQuery'],
    ['ExpiredTokenException', 'unauthorized', 'ExpiredToken'],
    ['MalformedQueryException', 'invalid', 'Infrequent Access'],
    ['ResourceNotFoundException', 'not_found', 'As CloudWatch says it.'],
  ])('%s is told as %s', async (name, code, words) => {
    vi.spyOn(practice.world.logs, 'lines').mockImplementation(() => {
      throw new AwsError(name, 'As CloudWatch says it.');
    });
    const asked = logs.patterns(window);
    await expect(asked).rejects.toMatchObject({ name: 'Failure', code });
    await expect(asked).rejects.toThrow(words);
    vi.restoreAllMocks();
  });

  test.each([
    ['Failed', 'server_error'],
    ['Cancelled', 'server_error'],
    ['Timeout', 'timeout'],
  ])('that is %s is a failure, and not stopped again', async (status, code) => {
    results().mockImplementationOnce(() => ({ status, results: [] }));
    const [, names] = await askedBy(() => expect(logs.patterns(window)).rejects.toMatchObject({ code }));
    expect(names).toEqual(['StartQuery', 'GetQueryResults']);
    vi.restoreAllMocks();
  });

  test('a state that is not known is one on the way', async () => {
    results()
      .mockImplementationOnce(() => ({ status: 'Unknown' }))
      .mockImplementationOnce(() => ({ status: 'Defrosting', results: [] }));
    const [{ patterns }, names] = await askedBy(() => logs.patterns(window));
    expect(patterns.length).toBeGreaterThan(0);
    expect(names.filter((name) => name === 'GetQueryResults')).toHaveLength(3);
    vi.restoreAllMocks();
  });

  test('a token that expires half-way is told, and the query is stopped', async () => {
    results().mockImplementationOnce(() => {
      throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired');
    });
    const [, names] = await askedBy(() =>
      expect(logs.patterns(window)).rejects.toMatchObject({ code: 'unauthorized' }),
    );
    expect(names.at(-1)).toBe('StopQuery');
    vi.restoreAllMocks();
  });

  test('an answer that is none is told, and the query is stopped', async () => {
    const match = { operation: 'GetQueryResults' };
    practice.host.faults.order({ system: 'aws', match, fault: 'garbage', times: 3 });
    const [, names] = await askedBy(() =>
      expect(logs.patterns(window)).rejects.toMatchObject({ code: 'unreadable' }),
    );
    practice.host.faults.clear();
    expect(names.at(-1)).toBe('StopQuery');
  });

  test('queries that are not answered here are refused in AWS’s words', () => {
    const rest = [
      'fields @message',
      'stats avg(x) by bin(5m)',
      'stats count(*) as n by bin(90s)',
      'parse @message /(/',
    ];
    for (const text of rest) expect(() => parseQuery(text)).toThrow(/unexpected symbol/);
    expect(parseQuery('parse @message /(?<a>b|[|/]\\/c)/ | limit 5')).toHaveLength(2);
  });
});

/** How the practice world answers GetQueryResults. */
function results() {
  const { GetQueryResults } = insightsOperations;
  if (GetQueryResults === undefined) throw new Error('it does not');
  return vi.spyOn(GetQueryResults, 'run');
}
