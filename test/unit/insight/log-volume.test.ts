import { expect, test } from 'vitest';
import { askedOfSystem, countedBySystem, type HeldLines } from '../../../src/insight/log-volume.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/instant.ts';

const NOW = 1_800_000_000_000;
const SPAN = { from: NOW - 15 * MINUTE, to: NOW };
const HELD: HeldLines = { since: NOW - HOUR, missing: 0, count: 4_000 };

test.each<[Partial<HeldLines>, number, string | null]>([
  [{}, 5, null],
  [{ since: null, count: 0 }, 0, 'older than the lines here'],
  [{ since: NOW - 14 * MINUTE }, 5, 'older than the lines here'],
  [{ since: SPAN.from }, 5, null],
  [{ missing: 1 }, 5, 'lines are missing here'],
  [{}, 112, 'more lines than are kept here'],
  [{}, 111, null],
  [{ count: 100_001 }, 0, 'more lines than are kept here'],
])('with %o and %d lines a second the log system is asked because of: %s', (held, perSecond, why) => {
  expect(askedOfSystem(SPAN, { ...HELD, ...held }, perSecond)).toBe(why);
});

test.each([
  [1_234_567, false, 15 * MINUTE, 'counted by Splunk: 1.2 M lines in 15 min'],
  [1_299_999, true, 15 * MINUTE, 'counted by Splunk: at least 1.2 M lines in 15 min'],
  [48_900, false, 3 * HOUR, 'counted by Splunk: 48 k lines in 3 h'],
  [999, false, 30 * SECOND, 'counted by Splunk: 999 lines in 30 s'],
  [1, false, MINUTE, 'counted by Splunk: 1 line in 1 min'],
])('%d lines are told as %s', (lines, atLeast, spanMs, text) => {
  expect(countedBySystem({ logGroup: null }, { lines, atLeast, spanMs })).toBe(text);
});

test('CloudWatch is named where it counts', () => {
  const told = { lines: 0, atLeast: false, spanMs: MINUTE };
  expect(countedBySystem({ logGroup: '/a' }, told)).toBe('counted by CloudWatch: 0 lines in 1 min');
});
