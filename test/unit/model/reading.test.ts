import { expect, test } from 'vitest';
import { localNow, MINUTE } from '../../../src/model/instant.ts';
import { ageMs, isStale, type Reading, systemNow } from '../../../src/model/reading.ts';

const reading = (receivedAt: number | null, takenAt = receivedAt): Reading<string> => ({
  source: 'pagerduty',
  value: 'something',
  takenAt,
  receivedAt,
  error: null,
  staleAfterMs: 2 * MINUTE,
});

test.each([
  ['fresh', 1_000_000, 1_010_000, 10_000, false],
  ['just not stale', 1_000_000, 1_120_000, 120_000, false],
  ['stale', 1_000_000, 1_120_001, 120_001, true],
  ['a clock that went back a little', 1_000_000, 990_000, 0, false],
  ['from the future: its age is not known', 1_000_000, 1_000_000 - 2 * MINUTE, null, true],
])('%s', (_, receivedAt, now, age, stale) => {
  expect(ageMs(reading(receivedAt), now)).toBe(age);
  expect(isStale(reading(receivedAt), now)).toBe(stale);
});

test('what was never read is stale and has no age', () => {
  expect(ageMs(reading(null), 5)).toBeNull();
  expect(isStale(reading(null), 5)).toBe(true);
});

test("the system's clock is carried forward, whatever this machine's clock says", () => {
  const tenMinutesBehind = reading(1_000_000, 1_600_000);
  expect(systemNow(tenMinutesBehind, 1_030_000)).toBe(1_630_000);
});

test('the local clock never goes back', () => {
  const before = localNow();
  expect(localNow()).toBeGreaterThanOrEqual(before);
});
