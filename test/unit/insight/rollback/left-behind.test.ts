import { expect, test } from 'vitest';
import { leftBehind } from '../../../../src/insight/rollback/left-behind.ts';
import { chooseTarget } from '../../../../src/insight/rollback/target.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/model/instant.ts';
import { deploy, NOW } from './facts.ts';

const v1 = deploy('1', 9 * DAY);
const v2 = deploy('2', 5 * DAY);
const v3 = deploy('3', 2 * HOUR);
const backTo2 = deploy('2', HOUR);

test.each([
  ['one after the other: nothing', [v3, v2, v1], []],
  [
    'back to an earlier one: the one between was left',
    [backTo2, v3, v2, v1],
    [['3', { at: NOW - HOUR, to: '2' }]],
  ],
  ['in any order', [v1, v3, backTo2, v2], [['3', { at: NOW - HOUR, to: '2' }]]],
  ['forward again: nothing', [deploy('3', MINUTE), backTo2, v3, v2], []],
  [
    'a newer one after it: still left',
    [deploy('4', MINUTE), backTo2, v3, v2],
    [['3', { at: NOW - HOUR, to: '2' }]],
  ],
  [
    'back twice: both were left',
    [deploy('1', MINUTE), backTo2, v3, v2, v1],
    [
      ['3', { at: NOW - HOUR, to: '2' }],
      ['2', { at: NOW - MINUTE, to: '1' }],
    ],
  ],
  ['an attempt that failed: nothing', [deploy('2', HOUR, { status: 'failed' }), v3, v2], []],
  ['the same again: nothing', [deploy('3', MINUTE), v3, v2], []],
  ['no deploys', [], []],
])('%s', (_name, deploys, left) => {
  expect([...leftBehind(deploys)]).toEqual(left);
});

test('what was just left is not gone back to, even when no incident is open any more', () => {
  expect(chooseTarget([backTo2, v3, v2, v1], '2', [], NOW)).toBe('1');
  expect(chooseTarget([backTo2, v3, v2], '2', [], NOW)).toBe(null);
  expect(chooseTarget([deploy('4', 40 * MINUTE), backTo2, v3, v2, v1], '4', [], NOW)).toBe('2');
});
