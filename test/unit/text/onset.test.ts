import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import { onsetText, spanText } from '../../../src/text/onset.ts';

const AT = Date.UTC(2026, 10, 17, 3, 2, 41);

test.each([
  [{ deploy: null, trigger: null }, 'since 03:02:41'],
  [
    { deploy: { version: '1.0.283', at: AT - 40 * SECOND }, trigger: null },
    'since 03:02:41, 40s after deploy 1.0.283 began',
  ],
  [
    { deploy: { version: '1.0.283', at: AT + SECOND }, trigger: AT + 5 * MINUTE },
    'since 03:02:41, 1s before deploy 1.0.283 began, 5m00s before the incident',
  ],
  [{ deploy: null, trigger: AT - MINUTE }, 'since 03:02:41, 1m00s after the incident'],
])('a beginning against %j', (marks, told) => expect(onsetText(AT, marks)).toBe(told));

test('a span', () => expect(spanText(AT, AT + 15 * MINUTE)).toBe('03:02–03:17'));
