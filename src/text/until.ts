import { DAY, type Instant } from '../model/instant.ts';
import { localTime } from '../model/time-zone.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `HH:MM` of that moment in a time zone; in UTC when the zone's name is not known here. */
export function clockTime(at: Instant, timeZone: string): string {
  const { minutes } = localTime(at, timeZone);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** When a duty ends, as short as it is plain: `09:00` within a day, `Mon 09:00` within a week, `2026-12-29 09:00`. */
export function untilTime(at: Instant, now: Instant, timeZone: string): string {
  const time = clockTime(at, timeZone);
  if (at - now <= DAY) return time;
  const { weekday, date } = localTime(at, timeZone);
  return `${at - now < 7 * DAY ? WEEKDAYS[weekday - 1] : date} ${time}`;
}
