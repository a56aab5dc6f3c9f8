import { expect, test } from 'vitest';
import { dutyNow } from '../../../src/insight/oncall-now.ts';
import { roleAt, roleEnds } from '../../../src/insight/role-hours.ts';
import type { Role, Workdays } from '../../../src/model/catalog.ts';
import type { OnCall } from '../../../src/model/incident.ts';
import { DAY, type Instant, MINUTE, rfc3339 } from '../../../src/model/instant.ts';
import { DORA, SAM } from './cast.ts';

const LONDON = 'Europe/London';
const CHRISTMAS = { from: '2026-12-25', to: '2026-12-26', name: 'Christmas' };
const workdays: Workdays = {
  weekdays: [1, 2, 3, 4, 5],
  holidays: [CHRISTMAS, { from: '2026-12-28', to: '2026-12-28', name: 'Boxing Day, made up for' }],
  workedOn: ['2026-12-19'],
};
const dingo: Role = {
  name: 'dingo',
  schedule: 'PDINGO',
  hours: '09:00-17:00',
  timeZone: LONDON,
  workdays,
};
const owl: Role = { ...dingo, name: 'owl', schedule: 'POWL', hours: '17:00-09:00' };
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
  ['on a Saturday, until Monday', '2026-11-21T12:00:00Z', 'owl', 'PSAM001', '2026-11-23T09:00:00Z'],
  ['on a Friday evening, over the weekend', '2026-11-20T17:30:00Z', 'owl', 'PSAM001', '2026-11-23T09:00:00Z'],
  ['over the day when the clocks go back', '2026-10-24T00:30:00Z', 'owl', 'PSAM001', '2026-10-26T09:00:00Z'],
  [
    'at Christmas, over holidays and weekend',
    '2026-12-24T17:00:00Z',
    'owl',
    'PSAM001',
    '2026-12-29T09:00:00Z',
  ],
  ['on a holiday at noon', '2026-12-25T12:00:00Z', 'owl', 'PSAM001', '2026-12-29T09:00:00Z'],
  ['on a Saturday that is worked on', '2026-12-19T12:00:00Z', 'dingo', 'PDORA01', '2026-12-19T17:00:00Z'],
])('%s', (_name, now, role, person, until) => {
  const duty = dutyNow([dingo, owl], everyone, at(now));
  expect(duty?.role.name).toBe(role);
  expect(duty?.person?.id).toBe(person);
  expect(duty?.until).toBe(at(until));
});

test('the holiday is told while it lasts where the role works', () => {
  const holiday = (now: string) => dutyNow([dingo, owl], everyone, at(now))?.holiday ?? null;
  expect(holiday('2026-12-24T23:59:00Z')).toBeNull();
  expect(holiday('2026-12-25T00:00:00Z')).toEqual(CHRISTMAS);
  expect(holiday('2026-12-26T23:59:00Z')).toEqual(CHRISTMAS);
});

test("the person's own end comes first", () => {
  const until = at('2026-11-17T06:00:00Z');
  const duty = dutyNow([owl], [{ ...onCall('POWL'), until }], at('2026-11-17T03:12:00Z'));
  expect(duty?.until).toBe(until);
});

test('nobody on call is said, not hidden; a duty without another has no end', () => {
  const duty = dutyNow([owl], [onCall('POWL', SAM, 2)], at('2026-11-17T03:12:00Z'));
  expect(duty).toMatchObject({ person: null, until: null });
  expect(dutyNow([], everyone, 0)).toBeNull();
  expect(dutyNow([dingo], everyone, at('2026-11-21T12:00:00Z'))).toBeNull();
});

const ZONES = [LONDON, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Santiago', 'UTC'];

test('the end of a duty is the first minute at which another role has it, whatever the clocks do', () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  const random = chance(seed);
  for (let run = 0; run < 30; run += 1) {
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const two = (value: number) => String(value).padStart(2, '0');
    const clock = () => `${two(Math.floor(random() * 24))}:${two(pick([0, 15, 30, 47]))}`;
    // Around the days when clocks change, in one half of the world or the other.
    const near = at(
      pick(['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '2026-10-04']),
    );
    const now: Instant =
      near + Math.floor((random() - 0.7) * 4 * 24 * 60) * MINUTE + Math.floor(random() * MINUTE);
    const date = (days: number) => rfc3339(now + days * DAY).slice(0, 10);
    const days: Workdays = {
      weekdays: pick([
        [1, 2, 3, 4, 5],
        [7, 1, 2, 3, 4],
        [1, 2, 3, 4, 5, 6, 7],
      ]),
      holidays: random() < 0.5 ? [] : [{ from: date(-1), to: date(pick([0, 1, 2])), name: null }],
      workedOn: random() < 0.7 ? [] : [date(pick([0, 1]))],
    };
    const [one, two1] = [clock(), clock()];
    const timeZone = pick(ZONES);
    const roles = [
      { ...dingo, hours: `${one}-${two1}`, timeZone, workdays: days },
      { ...owl, hours: `${two1}-${one}`, timeZone: random() < 0.7 ? timeZone : pick(ZONES), workdays: days },
    ];
    const role = roleAt(roles, now);
    let naive: Instant | null = null;
    for (let minute = Math.floor(now / MINUTE) * MINUTE; minute < now + 9 * DAY; minute += MINUTE) {
      if (roleAt(roles, minute) === role) continue;
      naive = minute;
      break;
    }
    const told = roleEnds(roles, now);
    const found = told !== null && told >= now + 9 * DAY ? null : told;
    expect(found, `SEED=${seed} run ${run}: ${JSON.stringify({ now: rfc3339(now), roles })}`).toBe(naive);
  }
});

/** Mulberry32. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
