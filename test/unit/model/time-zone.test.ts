import { expect, test } from 'vitest';
import { HOUR } from '../../../src/model/instant.ts';
import { byIntl, localTime } from '../../../src/model/time-zone.ts';

test('both ways to know a local time agree, also where the clocks change', () => {
  for (const zone of ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe']) {
    for (let at = Date.UTC(2026, 2, 1); at < Date.UTC(2026, 11, 1); at += 7 * HOUR + 60_001)
      expect([zone, at, localTime(at, zone)]).toEqual([zone, at, byIntl(at, zone)]);
  }
});

test('a zone that is not known is UTC', () => {
  expect(localTime(Date.UTC(2026, 10, 17, 3, 12), 'Mars/Olympus')).toEqual({
    date: '2026-11-17',
    minutes: 192,
    weekday: 2,
  });
});
