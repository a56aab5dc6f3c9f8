import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { LogLevel, LogLine } from '../../../src/model/log-line.ts';
import type { LogSearch, LogWindow } from '../../../src/model/ports/index.ts';
import { happen } from '../../../src/practice/events.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { splunkServer } from '../../../src/practice/servers/splunk/index.ts';
import { type Practised, practise } from '../practised.ts';

const CREATE = 'POST /services/search/v2/jobs';
const CONTROL = 'POST /services/search/v2/jobs/{sid}/control';

let practised: Practised;
let logs: LogSearch;
let window: LogWindow;
let lines: readonly LogLine[];

beforeAll(async () => {
  practised = await practise(splunkServer(), { token: SECRETS.splunk.token });
  logs = await practised.systems.logSearch();
  // Lines so old are all indexed: nothing comes into the window while it is asked about.
  const to = practised.world.now() - 3 * MINUTE + 123;
  window = { service: practised.service('charge-central'), environment: 'prod', from: to - 4 * MINUTE, to };
  ({ lines } = await logs.search(window, 50_000));
});
afterAll(() => practised[Symbol.asyncDispose]());

/** Names of the requests that something made. */
async function askedBy<T>(work: () => Promise<T>): Promise<readonly [T, readonly string[]]> {
  const before = practised.operations().length;
  const answer = await work();
  return [answer, practised.operations().slice(before)];
}

function countsOf(some: readonly LogLine[]): Partial<Record<LogLevel, number>> {
  const counts: Partial<Record<LogLevel, number>> = {};
  for (const { level } of some) counts[level] = (counts[level] ?? 0) + 1;
  return counts;
}

describe('a window on Splunk’s own clock', () => {
  test('holds the lines from its begin up to its end', () => {
    expect(lines.length).toBeGreaterThan(500);
    for (const { at } of lines) {
      expect(at).toBeGreaterThanOrEqual(window.from);
      expect(at).toBeLessThan(window.to);
    }
  });
});

describe('a histogram', () => {
  test.each([SECOND, 7 * SECOND, MINUTE])(
    'of buckets of %d ms agrees with the lines, and pulls none',
    async (bucketMs) => {
      const [histogram, names] = await askedBy(() => logs.histogram(window, bucketMs));
      expect(histogram.incomplete).toBeNull();
      expect(histogram.from % bucketMs).toBe(0);
      expect(histogram.from).toBeLessThanOrEqual(window.from);
      expect(histogram.from + histogram.buckets.length * bucketMs).toBeGreaterThanOrEqual(window.to);
      expect(histogram.buckets).toEqual(
        histogram.buckets.map((_, index) => {
          const begin = histogram.from + index * bucketMs;
          return countsOf(lines.filter(({ at }) => at >= begin && at < begin + bucketMs));
        }),
      );
      expect(names.filter((name) => name === CREATE)).toHaveLength(1);
      expect(names.filter((name) => name.endsWith('/results'))).toHaveLength(1);
      expect(names.at(-1)).toBe(CONTROL);
    },
  );

  test('of ages begins so long before Splunk’s now', async () => {
    const span = { service: window.service, environment: 'prod', sinceMs: 10 * MINUTE };
    const { from, buckets } = await logs.histogram(span, MINUTE);
    expect(Math.abs(practised.world.now() - 10 * MINUTE - from)).toBeLessThan(2 * MINUTE);
    expect([10, 11]).toContain(buckets.length);
  });

  test('has empty buckets where there is no line', async () => {
    const none = { ...window, environment: 'test', from: 60_000, to: 180_000 };
    expect(await logs.histogram(none, MINUTE)).toEqual({
      from: 60_000,
      bucketMs: MINUTE,
      buckets: [{}, {}],
      incomplete: null,
    });
  });

  test.each([
    [500, window, 'whole seconds'],
    [1_500, window, 'whole seconds'],
    [SECOND, { from: 0, to: DAY }, 'too fine'],
  ])('of %d ms is refused before Splunk is asked where it makes no sense', async (bucketMs, span, why) => {
    const [, names] = await askedBy(() =>
      expect(logs.histogram({ ...window, ...span }, bucketMs)).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining(why),
      }),
    );
    expect(names).toEqual([]);
  });
});

describe('patterns', () => {
  test('count every line once, with its time, versions and instances', async () => {
    const [{ patterns, cut, incomplete }, names] = await askedBy(() => logs.patterns(window));
    expect([cut, incomplete]).toEqual([false, null]);
    expect(patterns.length).toBeGreaterThan(5);
    expect(patterns.length).toBeLessThan(lines.length / 5);
    expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
    expect(patterns.map(({ count }) => count)).toEqual(
      patterns.map(({ count }) => count).toSorted((one, other) => other - one),
    );
    expect(Math.min(...patterns.map(({ firstAt }) => firstAt ?? 0))).toBe(lines[0]?.at);
    expect(Math.max(...patterns.map(({ lastAt }) => lastAt ?? 0))).toBe(lines.at(-1)?.at);
    for (const field of ['version', 'instance'] as const) {
      const told = new Set(patterns.flatMap((pattern) => pattern[`${field}s`] ?? []));
      expect(told).toEqual(new Set(lines.map((line) => line[field])));
    }
    // The sample of a pattern is a line as a search shows it.
    const byId = new Map(lines.map((line) => [line.id, line]));
    for (const { sample, text, level } of patterns) {
      const line = byId.get(sample?.id ?? '');
      expect(sample).toMatchObject({ at: line?.at, message: line?.message, level: line?.level });
      expect([text, level]).toEqual([line?.message, line?.level]);
    }
    expect(names.filter((name) => name === CREATE)).toHaveLength(1);
    expect(names.filter((name) => name.endsWith('/results'))).toHaveLength(1);
    expect(names.at(-1)).toBe(CONTROL);
  });

  test('of no line are none', async () => {
    const none = { ...window, from: 60_000, to: 180_000 };
    expect(await logs.patterns(none)).toEqual({ patterns: [], cut: false, incomplete: null });
  });
});

describe('the lines around one line', () => {
  test('are its neighbours of all instances, without a gap', async () => {
    const middle = Math.floor(lines.length / 2);
    const line = lines[middle];
    const { before, after } = await logs.around(window, line ?? { at: 0, id: '' }, 40);
    expect(before.lines.map(({ id }) => id)).toEqual(
      lines.slice(middle - 39, middle + 1).map(({ id }) => id),
    );
    expect(after.lines.map(({ id }) => id)).toEqual(lines.slice(middle + 1, middle + 41).map(({ id }) => id));
    expect([before.more, after.more]).toEqual([true, true]);
    expect([before.incomplete, after.incomplete]).toEqual([null, null]);
  });

  test('that tell the same time are all there, each once', async () => {
    const { world } = practised;
    const message = Array.from({ length: 60 }, (_, index) => `line ${index} of one moment`);
    const saying = { service: 'mailer', environment: 'prod', level: 'info', count: 60 } as const;
    happen(world, { kind: 'log', ...saying, message, over_s: 0 });
    world.advance(60);
    const service = practised.service('mailer');
    const span = { service, environment: 'prod', sinceMs: 5 * MINUTE, contains: 'of one moment' };
    const { lines: burst } = await logs.search(span, 100);
    const moment = burst[0]?.at ?? 0;
    const ties = burst.filter(({ at }) => at === moment).map(({ id }) => id);
    expect(ties.length).toBeGreaterThan(20);
    const middle = ties[Math.floor(ties.length / 2)] ?? '';
    const { before, after } = await logs.around(span, { at: moment, id: middle }, 100);
    const all = [...before.lines, ...after.lines].map(({ id }) => id);
    expect(before.lines.at(-1)?.id).toBe(middle);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(ties));
  });
});
