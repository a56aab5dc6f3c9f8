import { expect, test } from 'vitest';
import { MINUTE } from '../../../src/model/instant.ts';
import { parseWhen } from '../../../src/text/when.ts';

const NOW = Date.parse('2026-11-17T03:12:00Z');

test.each([
  ['03:11', '2026-11-17T03:11:00Z'],
  ['3:11:40', '2026-11-17T03:11:40Z'],
  ['03:13', '2026-11-16T03:13:00Z'],
  ['23:59:59', '2026-11-16T23:59:59Z'],
])('%s is the latest such time that is past', (text, at) => {
  expect(parseWhen(text, NOW)).toBe(Date.parse(at));
});

test.each(['-5m', '- 5m', '5m ago', ' 5m  ago '])('%s is an age', (text) => {
  expect(parseWhen(text, NOW)).toBe(NOW - 5 * MINUTE);
});

test.each(['', '24:00', '03:61', '5m', 'ago', 'soon', '-x'])('%j is no time', (text) => {
  expect(parseWhen(text, NOW)).toBeNull();
});
