import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/model/instant.ts';
import { type Reading, STALE_AFTER_MS, unread } from '../../../src/model/reading.ts';
import { safeText } from '../../../src/model/safe-text.ts';
import { painter } from '../../../src/text/paint.ts';
import { readingPhrase, systemPhrase } from '../../../src/text/reading.ts';
import { tableLines } from '../../../src/text/table.ts';
import { ago, duration, parseDuration, readingAge } from '../../../src/text/time.ts';
import { fitTo, truncate, width } from '../../../src/text/width.ts';

const plain = painter(false);
const NOW = Date.UTC(2026, 10, 17, 3, 12);

describe('times', () => {
  test.each([
    [0, '<1m'],
    [-5, '<1m'],
    [MINUTE, '1m'],
    [59 * MINUTE, '59m'],
    [HOUR, '1h'],
    [23 * HOUR, '23h'],
    [DAY, 'yesterday'],
    [2 * DAY, '2d'],
  ])('%i ms ago is %s', (ms, text) => expect(ago(ms)).toBe(text));

  test.each([
    [0, ''],
    [29 * SECOND, ''],
    [30 * SECOND, '30s'],
    [59 * SECOND, '30s'],
    [3 * MINUTE, '3m'],
    [2 * HOUR, '2h'],
  ])('a reading %i ms old shows %j', (ms, text) => expect(readingAge(ms)).toBe(text));

  test.each([
    [48_000, '48s'],
    [343_000, '5m43s'],
    [361_000, '6m01s'],
    [3_900_000, '1h05m'],
  ])('%i ms long is %s', (ms, text) => expect(duration(ms)).toBe(text));

  test.each([
    ['30s', 30 * SECOND],
    ['15m', 15 * MINUTE],
    ['1h30m', 90 * MINUTE],
    ['2d', 2 * DAY],
    ['0m', null],
    ['15', null],
    ['m', null],
    ['-5m', null],
  ])('%s is read', (text, ms) => expect(parseDuration(text)).toBe(ms));
});

describe('width', () => {
  test('of every plain character, alone and among others, is what string-width says', () => {
    const plain = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code));
    for (const character of plain.filter((each) => safeText(each) === each)) {
      for (const text of [character, `●${character}`, `${character}é`])
        expect([text, width(text)]).toEqual([text, stringWidth(text)]);
    }
  });

  test.each([
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['●', 1],
  ])('of %s', (text, columns) => expect(width(text)).toBe(columns));

  test('cutting never splits a glyph and never exceeds its room', () => {
    expect(truncate('charge-central', 8)).toBe('charge-…');
    expect(truncate('日本語', 4)).toBe('日…');
    expect(fitTo('日本語', 5)).toBe('日本…');
    expect(width(fitTo('日本語', 4))).toBe(4);
    expect(fitTo('7', 3, 'right')).toBe('  7');
  });
});

describe('tables', () => {
  const rows = [
    [{ text: '●' }, { text: '4m' }, { text: '日本 is slow today' }, { text: '' }, { text: 'HIGH' }],
    [{ text: '○' }, { text: '12m' }, { text: 'disk 91%' }, { text: '' }, { text: 'low' }],
  ];
  const columns = [{}, { align: 'right' as const }, { gives: true }, {}, {}];

  test('columns line up, empty ones vanish, nothing trails', () => {
    expect(tableLines(columns, rows, 0, plain)).toEqual([
      '●   4m  日本 is slow today  HIGH',
      '○  12m  disk 91%            low',
    ]);
  });

  test('what is too wide gives way', () => {
    const lines = tableLines(columns, rows, 24, plain);
    expect(lines[0]).toBe('●   4m  日本 is s…  HIGH');
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(24);
  });
});

describe('readings', () => {
  const reading = (ageMs: number, error: Failure | null = null): Reading<string> => ({
    source: 'pagerduty',
    value: 'x',
    takenAt: NOW - ageMs,
    receivedAt: NOW - ageMs,
    error,
    staleAfterMs: STALE_AFTER_MS,
  });
  const refused = new Failure('pagerduty', 'refused', 'Connection refused.');

  test.each([
    ['fresh', reading(0), ''],
    ['a minute', reading(MINUTE), '1m old'],
    ['old', reading(3 * MINUTE), 'STALE 3m'],
    ['failed now', reading(3 * MINUTE, refused), 'STALE 3m (no answer: Connection refused)'],
    ['never', unread('pagerduty'), 'not read yet'],
    ['never, and failed', { ...unread('pagerduty'), error: refused }, 'no answer: Connection refused'],
  ])('%s', (_name, each, text) => expect(readingPhrase(each, NOW).text).toBe(text));

  test.each([
    [null, null, 'pd not asked'],
    [true, 0, 'pd ok'],
    [true, 60_000, 'pd 1m'],
    [true, 180_000, 'pd STALE 3m'],
    [false, 180_000, 'pd DOWN 3m'],
    [false, null, 'pd DOWN'],
  ])('a system that is %s, last heard of %s ms ago', (ok, past, text) => {
    const lastOkAt = past === null ? null : NOW - past;
    const health = { name: 'pagerduty', ok, lastOkAt, error: null, retryAt: null };
    expect(systemPhrase(health, NOW, STALE_AFTER_MS).text).toBe(text);
  });
});

test('no colours are no bytes at all', () => {
  expect(plain('bad', 'x')).toBe('x');
  expect(painter(true)('bad', 'x')).toContain('\u001b[');
});
