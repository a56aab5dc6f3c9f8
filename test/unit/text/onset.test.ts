import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import { onsetText, spanText } from '../../../src/text/onset.ts';

const AT = Date.UTC(2026, 10, 17, 3, 2, 41);

test.each([
  ['new', { deploy: null, trigger: null }, 'began 03:02:41'],
  [
    'more',
    { deploy: { version: '1.0.283', landedAt: AT - 40 * SECOND }, trigger: null },
    'rose 03:02:41, 40s after 1.0.283 landed',
  ],
  [
    'new',
    { deploy: { version: '1.0.283', landedAt: AT + SECOND }, trigger: AT + 5 * MINUTE },
    'began 03:02:41, while 1.0.283 landed, 5m00s before the incident',
  ],
  ['new', { deploy: null, trigger: AT - MINUTE }, 'began 03:02:41, 1m00s after the incident'],
  [
    'new',
    { deploy: { version: '1.0.283', landedAt: AT - 1 }, trigger: null },
    'began 03:02:41, as 1.0.283 landed',
  ],
] as const)('a beginning of what is %s, against %j', (kind, marks, told) =>
  expect(onsetText(kind, AT, marks)).toBe(told),
);

test('a span', () => expect(spanText(AT, AT + 15 * MINUTE)).toBe('03:02–03:17'));
