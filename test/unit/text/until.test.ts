import { expect, test } from 'vitest';
import { DAY } from '../../../src/model/instant.ts';
import { clockTime, untilTime } from '../../../src/text/until.ts';

const LONDON = 'Europe/London';
const at = (text: string) => Date.parse(text);

test('the time on the wall there', () => {
  expect(clockTime(at('2026-07-15T08:05:00Z'), LONDON)).toBe('09:05');
  expect(clockTime(at('2026-07-15T08:05:00Z'), 'Nowhere/Land')).toBe('08:05');
});

test('an end names its day as soon as the time alone could be another one', () => {
  const end = at('2026-11-23T09:00:00Z');
  expect(untilTime(end, end - DAY, LONDON)).toBe('09:00');
  expect(untilTime(end, end - DAY - 1, LONDON)).toBe('Mon 09:00');
  expect(untilTime(end, end - 7 * DAY, LONDON)).toBe('2026-11-23 09:00');
});
