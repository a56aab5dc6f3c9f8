import { expect, test } from 'vitest';
import { direction } from '../../../../src/insight/rollback/direction.ts';
import { HOUR, MINUTE } from '../../../../src/model/instant.ts';
import { deploy } from './facts.ts';

const history = [deploy('1.0.282', MINUTE), deploy('1.0.283', HOUR), deploy('1.0.282', 20 * HOUR)];

test.each([
  ['1.0.283', '1.0.282', 'back'],
  // Though 1.0.282 was put there last, it is the older of the two.
  ['1.0.282', '1.0.283', 'forward'],
  ['1.0.283', '1.0.1', 'back'],
  [null, '1.0.283', 'back'],
] as const)('%s → %s is %s', (from, to, expected) => {
  expect(direction(history, from, to)).toBe(expected);
});

test('without a history it is taken for a way back', () => {
  expect(direction(null, '1.0.282', '1.0.283')).toBe('back');
});
