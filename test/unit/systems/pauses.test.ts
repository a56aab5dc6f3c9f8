import { expect, test } from 'vitest';
import { rateLimitPause } from '../../../src/systems/http/pauses.ts';

const NOW = Date.parse('2026-11-17T03:12:00Z');

test.each([
  ['Retry-After in seconds', { 'retry-after': '40', 'ratelimit-reset': '7' }, 40_000],
  ['Retry-After as a date', { 'retry-after': 'Tue, 17 Nov 2026 03:12:25 GMT' }, 25_000],
  ['a date that is over', { 'retry-after': 'Tue, 17 Nov 2026 03:11:00 GMT' }, 0],
  ['a day', { 'retry-after': '86400' }, 300_000],
  ['PagerDuty’s reset', { 'ratelimit-reset': '7' }, 7_000],
  [
    'the limit of a user, that of the organisation is not spent',
    { 'ratelimit-user-remaining': '0', 'ratelimit-user-reset': '42', 'ratelimit-reset': '7' },
    42_000,
  ],
  [
    'the second of a reset',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / 1_000 + 9}` },
    9_000,
  ],
] as const)('%s', (_what, headers, wanted) => {
  expect(rateLimitPause(headers, NOW)).toBe(wanted);
});

test.each([{}, { 'retry-after': '' }, { 'retry-after': 'soon' }, { 'x-ratelimit-reset': '99999999999' }])(
  'without headers: between 5 and 10 s: %j',
  (headers) => {
    expect(rateLimitPause(headers, NOW, () => 0)).toBe(5_000);
    expect(rateLimitPause(headers, NOW, () => 1)).toBe(10_000);
  },
);
