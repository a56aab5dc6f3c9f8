import type { Role } from '../model/catalog.ts';
import { DAY, type Instant, MINUTE } from '../model/instant.ts';
import { type LocalTime, localTime } from '../model/time-zone.ts';
import { isWorkday } from './workdays.ts';

const DAY_MINUTES = 24 * 60;
/** A duty that lasts longer than this has no end that is worth telling. */
const HORIZON = 60 * DAY;

interface Hours {
  readonly from: number;
  readonly to: number;
}

/**
 * The role whose hours it is. Outside all hours (a weekend's day, a holiday) it is the role whose hours wrap midnight:
 * after hours is everything that working hours are not. null: no role has the duty.
 */
export function roleAt(roles: readonly Role[], at: Instant): Role | null {
  const active = roles.find((role) => isActive(role, localTime(at, role.timeZone)));
  return active ?? roles.find((role) => wraps(hoursOf(role))) ?? null;
}

/**
 * When another role has the duty: over nights, weekends and holidays to the first minute that is not this role's.
 * null: not within two months.
 */
export function roleEnds(roles: readonly Role[], now: Instant): Instant | null {
  const role = roleAt(roles, now);
  if (role === null || roles.length < 2 || (role.hours === null && role === roles[0])) return null;
  const begin = Math.floor(now / MINUTE) * MINUTE;
  for (let at = begin; at < begin + HORIZON; ) {
    const next = at + untilNextChange(roles, at) * MINUTE;
    const minute = clocksChange(roles, at, next) ? firstOther(roles, role, at, next) : next;
    if (roleAt(roles, minute) !== role) return minute;
    at = minute;
  }
  return null;
}

function isActive(role: Role, time: LocalTime): boolean {
  const hours = hoursOf(role);
  if (hours === null) return true;
  const { minutes } = time;
  if (wraps(hours)) return minutes >= hours.from || minutes < hours.to;
  return minutes >= hours.from && minutes < hours.to && isWorkday(role.workdays, time);
}

function hoursOf(role: Role): Hours | null {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(role.hours ?? '');
  if (match === null) return null;
  const [h1, m1, h2, m2] = match.slice(1).map(Number);
  return { from: (h1 ?? 0) * 60 + (m1 ?? 0), to: (h2 ?? 0) * 60 + (m2 ?? 0) };
}

function wraps(hours: Hours | null): boolean {
  return hours !== null && hours.from >= hours.to;
}

/** Minutes until the next wall clock shows a beginning, an end or midnight: in between nothing changes by itself. */
function untilNextChange(roles: readonly Role[], at: Instant): number {
  const waits = roles.flatMap((role) => {
    const { minutes } = localTime(at, role.timeZone);
    const hours = hoursOf(role);
    const marks = hours === null ? [0] : [0, hours.from, hours.to];
    return marks.map((mark) => ((mark - minutes + DAY_MINUTES - 1) % DAY_MINUTES) + 1);
  });
  return Math.min(...waits);
}

/** Whether some wall clock is put forward or back on the way. */
function clocksChange(roles: readonly Role[], from: Instant, to: Instant): boolean {
  const passed = (to - from) / MINUTE;
  return roles.some(({ timeZone }) => {
    const before = localTime(from, timeZone).minutes + passed;
    return before % DAY_MINUTES !== localTime(to, timeZone).minutes;
  });
}

/** On such a day every minute is looked at: a clock may pass a mark twice, or leap over it. */
function firstOther(roles: readonly Role[], role: Role, from: Instant, to: Instant): Instant {
  for (let at = from + MINUTE; at < to; at += MINUTE) if (roleAt(roles, at) !== role) return at;
  return to;
}
