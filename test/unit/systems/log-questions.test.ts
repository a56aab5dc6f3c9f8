import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { LogFound } from '../../../src/model/log-counts.ts';
import type { LogLine } from '../../../src/model/log-line.ts';
import { safeText } from '../../../src/model/safe-text.ts';
import { parsePipeline } from '../../../src/practice/servers/splunk/spl/pipeline.ts';
import { chain } from '../../../src/practice/servers/splunk/stages.ts';
import { aroundLine, MAX_TIES, tooManyTies } from '../../../src/systems/log/sides.ts';
import { histogramOfRows, histogramSpl, MAX_ROWS } from '../../../src/systems/splunk/histogram.ts';
import { toLogLine } from '../../../src/systems/splunk/log-line.ts';
import { MAX_PATTERNS, patternsOfRows } from '../../../src/systems/splunk/patterns.ts';

const AT = Date.parse('2026-11-17T03:12:41.250Z');
const SOURCE = { index: 'app', where: { service: 'charge-central' } };
const OWN = { index: 'app', _time: '2026-11-17T03:12:41.250Z', _indextime: '1', _cd: '1' };

function event(raw: string, given: Record<string, string> = {}): Record<string, string> {
  const own = raw.startsWith('{')
    ? Object.entries(JSON.parse(raw) as object).map(([name, value]) => [name, String(value)])
    : [...raw.matchAll(/(\w+)=(\w+)/g)].map(([, name, value]) => [name, value]);
  return { ...OWN, ...Object.fromEntries(own), ...given, _raw: raw };
}

test.each([
  event('{"level":"error","msg":"no cents"}'),
  event('{"level":30,"msg":"pino"}'),
  event('{"severity":"Notice","message":"no cents"}'),
  event('{"level":"odd","msg":"DEBUG is all that tells"}'),
  event('{"level":"odd","msg":"nothing tells"}'),
  event('ts=1 level=warning msg=error'),
  event('2026-11-17 03:12:41 SEVERE [main] c.h.Mailer - boom'),
  event('2026-11-17 03:12:41 TRACE [main] c.h.Mailer - last ERROR an hour ago'),
  event(`2026-11-17 03:12:41 ${'x'.repeat(200)} ERROR is too far from the start`),
  event('a plain line'),
  event('10.0.0.1 - - "GET / HTTP/1.1" 500', { level: 'fatal' }),
])('%o is in the histogram at its time with the level that it is shown with', (one) => {
  const rows: Record<string, string>[] = [];
  const { commands } = parsePipeline(histogramSpl(SOURCE, 'prod', 10 * SECOND));
  const last = { push: (row: Record<string, string>) => rows.push(row) > 0, end() {} };
  const stage = chain(commands, { from: 0, to: 1 }, last);
  stage.push(one);
  stage.end();
  const window = { from: AT - MINUTE, to: AT + MINUTE };
  const { from, buckets } = histogramOfRows({ rows, found: 1, incomplete: null }, window, 10 * SECOND);
  const level = toLogLine(one, 'charge-central', () => false)?.level ?? 'none';
  expect(buckets[Math.floor((AT - from) / (10 * SECOND))]).toEqual({ [level]: 1 });
  expect(buckets.filter((bucket) => Object.keys(bucket).length > 0)).toHaveLength(1);
});

test('a histogram is not called complete where Splunk stopped early, or its answer was full', () => {
  const window = { from: AT, to: AT + SECOND };
  const stopped = new Failure('splunk', 'server_error', 'Splunk: the search was stopped early.');
  expect(histogramOfRows({ rows: [], found: 0, incomplete: stopped }, window, SECOND).incomplete).toBe(
    stopped,
  );
  const row = { oncall_at: String(AT / SECOND), oncall_told: 'info', oncall_word: 'none', count: '2' };
  const rows = Array.from({ length: MAX_ROWS }, () => row);
  const full = histogramOfRows({ rows, found: rows.length, incomplete: null }, window, SECOND);
  expect(full.incomplete).toMatchObject({ code: 'too_large' });
  expect(full.buckets[0]).toEqual({ info: 2 * MAX_ROWS });
});

describe('patterns of Splunk', () => {
  const row = {
    oncall_group: '1',
    count: '7',
    oncall_first: '1763349000.123999',
    oncall_last: '1763349001.999',
    oncall_told: 'none',
    oncall_word: 'ERROR',
    oncall_version: '1.0.282\n1.0.283',
    oncall_sample_raw: 'ERROR boom \u001b[31mred',
    oncall_sample_time: '1763349001.123',
    oncall_sample_indextime: '1763349003',
    oncall_sample_cd: '9:9',
    oncall_sample_bkt: 'app~1',
    oncall_sample_host: 'i-0a',
  };

  test('tell times in milliseconds, all versions, and a line that is safe to show', () => {
    const { patterns, cut } = patternsOfRows({ rows: [row], found: 7, incomplete: null }, 'mailer');
    expect(cut).toBe(false);
    expect(patterns[0]).toMatchObject({
      count: 7,
      level: 'error',
      firstAt: 1_763_349_000_123,
      lastAt: 1_763_349_001_999,
      versions: ['1.0.282', '1.0.283'],
      instances: [],
      sample: { id: 'app~1|9:9', at: 1_763_349_001_123, instance: 'i-0a', service: 'mailer' },
    });
    expect(patterns[0]?.text).not.toContain('\u001b');
  });

  test('of one group are apart by level, however it is named', () => {
    const rows = [
      row,
      { ...row, oncall_told: 'info', count: '5' },
      { ...row, oncall_told: 'err', count: '2', oncall_first: '1763349000', oncall_version: '1.0.284' },
    ];
    const { patterns } = patternsOfRows({ rows, found: 14, incomplete: null }, 'mailer');
    expect(patterns.map(({ level, count }) => [level, count])).toEqual([
      ['error', 9],
      ['info', 5],
    ]);
    expect(patterns[0]).toMatchObject({
      firstAt: 1_763_349_000_000,
      versions: ['1.0.282', '1.0.283', '1.0.284'],
    });
  });

  test('say that there are more than are told', () => {
    const rows = Array.from({ length: MAX_PATTERNS + 1 }, (_, index) => ({
      ...row,
      oncall_group: String(index),
    }));
    const { patterns, cut } = patternsOfRows({ rows, found: 9, incomplete: null }, 'mailer');
    expect([patterns.length, cut]).toEqual([MAX_PATTERNS, true]);
  });

  test('that cannot be read are a failure', () => {
    const rows = [{ ...row, count: 'many' }];
    expect(() => patternsOfRows({ rows, found: 1, incomplete: null }, 'mailer')).toThrow(Failure);
  });
});

describe('the two sides of a line', () => {
  const line = (id: string, at = AT): LogLine => ({
    id,
    at,
    indexedAt: at,
    level: 'info',
    message: safeText(id),
    service: 'mailer',
    instance: null,
    version: null,
    fields: {},
    late: false,
  });
  const found = (...lines: LogLine[]): LogFound => ({ lines, incomplete: null });
  const before = found(line('b2', AT - 1), line('b1', AT - 2));
  const after = found(line('d1', AT + 1), line('d2', AT + 2));
  const ids = (lines: readonly LogLine[]) => lines.map(({ id }) => id);

  test('share out the lines of its moment, the line itself before', () => {
    const same = found(line('c3'), line('c1'), line('c2'));
    const sides = aroundLine({ at: AT, id: 'c2' }, { before, same, after }, 3);
    expect([ids(sides.before.lines), ids(sides.after.lines)]).toEqual([
      ['b2', 'c1', 'c2'],
      ['c3', 'd1', 'd2'],
    ]);
    expect([sides.before.more, sides.after.more]).toEqual([true, false]);
  });

  test('are complete also where the line itself is gone', () => {
    const sides = aroundLine({ at: AT, id: 'x' }, { before, same: found(line('c1')), after }, 5);
    expect([ids(sides.before.lines), ids(sides.after.lines)]).toEqual([
      ['b1', 'b2', 'c1'],
      ['d1', 'd2'],
    ]);
  });

  test('say why there may be a gap', () => {
    expect(tooManyTies('splunk', MAX_TIES - 1)).toBeNull();
    const incomplete = tooManyTies('splunk', MAX_TIES);
    const sides = aroundLine(
      { at: AT, id: 'c1' },
      { before, same: { lines: [line('c1')], incomplete }, after },
      5,
    );
    expect([sides.before.incomplete, sides.after.incomplete]).toEqual([incomplete, incomplete]);
  });
});
