import { expect, test } from 'vitest';
import { clockTime, dutyNow } from '../../../src/insight/oncall-now.ts';
import type { Role } from '../../../src/model/catalog.ts';
import type { OnCall } from '../../../src/model/incident.ts';
import { DORA, SAM } from './cast.ts';

const LONDON = 'Europe/London';
const dingo: Role = { name: 'dingo', schedule: 'PDINGO', hours: '09:00-17:00', timeZone: LONDON };
const owl: Role = { name: 'owl', schedule: 'POWL', hours: '17:00-09:00', timeZone: LONDON };
const onCall = (escalationPolicy: string, person = SAM, level = 1): OnCall => ({
  escalationPolicy,
  level,
  person,
  schedule: null,
  until: null,
});
const everyone = [onCall('POWL', DORA, 2), onCall('POWL'), onCall('PDINGO', DORA)];
const at = (text: string) => Date.parse(text);

test.each([
  ['in the night', '2026-11-17T03:12:00Z', 'owl', 'PSAM001', '2026-11-17T09:00:00Z'],
  ['in the morning', '2026-11-17T09:00:00Z', 'dingo', 'PDORA01', '2026-11-17T17:00:00Z'],
  ['in the evening', '2026-11-17T17:00:00Z', 'owl', 'PSAM001', '2026-11-18T09:00:00Z'],
  ['in summer the wall clock counts', '2026-07-15T08:30:00Z', 'dingo', 'PDORA01', '2026-07-15T16:00:00Z'],
  ['on a Saturday at noon it is after hours', '2026-11-21T12:00:00Z', 'owl', 'PSAM001', null],
  ['in the night when the clocks go back', '2026-10-25T00:30:00Z', 'owl', 'PSAM001', '2026-10-25T09:00:00Z'],
])('%s', (_name, now, role, person, until) => {
  const duty = dutyNow([dingo, owl], everyone, at(now));
  expect(duty?.role.name).toBe(role);
  expect(duty?.person?.id).toBe(person);
  expect(duty?.until ?? null).toBe(until === null ? null : at(until));
});

test("the person's own end comes first", () => {
  const until = at('2026-11-17T06:00:00Z');
  const duty = dutyNow([owl], [{ ...onCall('POWL'), until }], at('2026-11-17T03:12:00Z'));
  expect(duty?.until).toBe(until);
});

test('nobody on call is said, not hidden', () => {
  expect(dutyNow([owl], [onCall('POWL', SAM, 2)], at('2026-11-17T03:12:00Z'))?.person).toBeNull();
  expect(dutyNow([], everyone, 0)).toBeNull();
});

test('the time on the wall there', () => {
  expect(clockTime(at('2026-07-15T08:05:00Z'), LONDON)).toBe('09:05');
  expect(clockTime(at('2026-07-15T08:05:00Z'), 'Nowhere/Land')).toBe('08:05');
});
