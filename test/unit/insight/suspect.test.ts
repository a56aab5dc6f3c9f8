import { expect, test } from 'vitest';
import { findSuspect } from '../../../src/insight/suspect.ts';
import type { Deploy } from '../../../src/model/deploy.ts';
import { MINUTE } from '../../../src/model/instant.ts';
import { deploy, incident, NOW } from './cast.ts';

const ago = (minutes: number) => NOW - minutes * MINUTE;
const burning = incident('Q1', { triggeredAt: NOW });

test.each<[string, Deploy[], [string, number] | null]>([
  ['nothing was deployed', [], null],
  ['it finished six minutes before', [deploy('2', ago(12), ago(6))], ['2', 6]],
  ['the last of two', [deploy('2', ago(12), ago(6)), deploy('1', ago(40), ago(34))], ['2', 6]],
  ['in any order', [deploy('1', ago(40), ago(34)), deploy('2', ago(12), ago(6))], ['2', 6]],
  ['an hour before, to the minute', [deploy('2', ago(66), ago(60))], ['2', 60]],
  ['longer ago', [deploy('2', ago(67), ago(61))], null],
  ['it came after', [deploy('2', NOW + MINUTE, NOW + 7 * MINUTE)], null],
  ['it still runs', [deploy('2', ago(3), null)], ['2', 3]],
  ['it ran at the trigger and finished later', [deploy('2', ago(3), NOW + MINUTE)], ['2', 3]],
  ['it failed: the old version serves', [deploy('2', ago(12), ago(6), 'failed')], null],
  ['it was cancelled', [deploy('2', ago(12), ago(6), 'cancelled')], null],
  ['of another service', [{ ...deploy('2', ago(12), ago(6)), service: 'mailer' }], null],
])('%s', (_name, deploys, expected) => {
  const suspect = findSuspect(burning, deploys);
  expect(suspect === null ? null : [suspect.version, suspect.minutesBefore]).toEqual(expected);
});

test('an incident of no known service has no suspect', () => {
  expect(findSuspect({ ...burning, service: null }, [deploy('2', ago(12), ago(6))])).toBeNull();
});
