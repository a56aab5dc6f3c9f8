import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/model/instant.ts';
import { readLocalTime } from '../../../src/systems/nagios/local-time.ts';

const NEAR = Date.parse('2026-11-12T03:00:00Z');

describe("Nagios's clock on the wall", () => {
  test.each([
    ['11-12-2026 04:00:00', '11-12-2026 05:30:00'],
    ['12-11-2026 04:00:00', '12-11-2026 05:30:00'],
    ['2026-11-12 23:00:00', '2026-11-13 00:30:00'],
    ['2026-11-12T23:00:00', '2026-11-13T00:30:00'],
    ['11-10-2026 22:45:00', '11-11-2026 00:15:00'],
    ['13-11-2026 00:00:00', '13-11-2026 01:30:00'],
  ])('an hour and a half after %s is %s', (text, later) => {
    expect(readLocalTime(text, NEAR)?.later(5_400)).toBe(later);
  });

  test.each(['', 'soon', '1795462207', '11/12/2026 04:00:00', '13-13-2026 04:00:00', '11-12-2026'])(
    'no time: %s',
    (text) => {
      expect(readLocalTime(text, NEAR)).toBeNull();
    },
  );

  test('on the first of January it is not told which of 01-02 and 02-01 is tomorrow', () => {
    const time = readLocalTime('01-01-2027 20:00:00', Date.parse('2027-01-01T20:00:00Z'));
    expect(time?.later(3_600)).toBe('01-01-2027 21:00:00');
    expect(time?.later(5 * 3_600)).toBeNull();
    expect(readLocalTime('2027-01-01 20:00:00', 0)?.later(5 * 3_600)).toBe('2027-01-02 01:00:00');
  });

  test('of American and European dates, the one that is meant', () => {
    const days = fc
      .integer({ min: 0, max: 3_000 })
      .map((day) => Date.parse('2026-01-01T12:00:00Z') + day * DAY);
    const offsets = fc.integer({ min: -12, max: 14 });
    fc.assert(
      fc.property(days, offsets, fc.boolean(), (now, offset, american) => {
        const [date = '', time = ''] = new Date(now + offset * HOUR).toISOString().slice(0, 19).split('T');
        const [year, month, day] = date.split('-');
        const text = `${american ? `${month}-${day}` : `${day}-${month}`}-${year} ${time}`;
        expect(readLocalTime(text, now)?.later(0)).toBe(text);
        const [later = ''] = new Date(now + offset * HOUR + DAY).toISOString().split('T');
        const [laterYear, laterMonth, laterDay] = later.split('-');
        const next = `${american ? `${laterMonth}-${laterDay}` : `${laterDay}-${laterMonth}`}-${laterYear} ${time}`;
        expect(readLocalTime(text, now)?.later(86_400)).toBe(month === day ? null : next);
      }),
    );
  });
});
