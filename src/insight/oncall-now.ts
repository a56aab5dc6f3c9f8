import type { Role } from '../model/catalog.ts';
import type { OnCall, Person } from '../model/incident.ts';
import { type Instant, MINUTE } from '../model/instant.ts';
import { localTime } from '../model/time-zone.ts';

/** Who has the tribe-wide duty of this hour. */
export interface DutyNow {
  readonly role: Role;
  /** null: nobody is on call for it. */
  readonly person: Person | null;
  /** End of the role's hours or of the person's duty, whichever comes first; null: it does not end. */
  readonly until: Instant | null;
}

/**
 * The role whose hours it is now, and who has it. Outside all hours (a weekend's day) it is the role whose
 * hours wrap midnight: after hours is everything that working hours are not. null: no roles are configured.
 */
export function dutyNow(roles: readonly Role[], onCall: readonly OnCall[], now: Instant): DutyNow | null {
  const role = roles.find((each) => isActive(each, now)) ?? roles.find((each) => wraps(hoursOf(each)));
  if (role === undefined) return null;
  const found = onCall.find((each) => each.level === 1 && belongs(each, role));
  return {
    role,
    person: found?.person ?? null,
    until: earliest(found?.until ?? null, endOfHours(role, now)),
  };
}

/** `HH:MM` of that moment in a time zone; in UTC when the zone's name is not known here. */
export function clockTime(at: Instant, timeZone: string): string {
  const { minutes } = localTime(at, timeZone);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function belongs(onCall: OnCall, role: Role): boolean {
  return onCall.escalationPolicy === role.schedule || onCall.schedule === role.schedule;
}

interface Hours {
  readonly from: number;
  readonly to: number;
}

function hoursOf(role: Role): Hours | null {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(role.hours ?? '');
  if (match === null) return null;
  const [h1, m1, h2, m2] = match.slice(1).map(Number);
  return { from: (h1 ?? 0) * 60 + (m1 ?? 0), to: (h2 ?? 0) * 60 + (m2 ?? 0) };
}

function wraps(hours: Hours | null): boolean {
  return hours !== null && hours.from > hours.to;
}

function isActive(role: Role, now: Instant): boolean {
  const hours = hoursOf(role);
  if (hours === null) return true;
  const { minutes, weekday } = localTime(now, role.timeZone);
  if (wraps(hours)) return minutes >= hours.from || minutes < hours.to;
  return minutes >= hours.from && minutes < hours.to && weekday < 6;
}

function endOfHours(role: Role, now: Instant): Instant | null {
  const hours = hoursOf(role);
  if (hours === null || !isActive(role, now)) return null;
  const { minutes } = localTime(now, role.timeZone);
  const left = (hours.to - minutes + 24 * 60) % (24 * 60);
  const end = Math.floor(now / MINUTE) * MINUTE + left * MINUTE;
  // Where the clocks change on the way, the wall says something else: move by the difference.
  const off = ((hours.to - localTime(end, role.timeZone).minutes + 36 * 60) % (24 * 60)) - 12 * 60;
  return end + off * MINUTE;
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
