import type { Holiday, Role } from '../model/catalog.ts';
import type { OnCall, Person } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import { localTime } from '../model/time-zone.ts';
import { roleAt, roleEnds } from './role-hours.ts';
import { holidayOn } from './workdays.ts';

/** Who has the tribe-wide duty of this hour. */
export interface DutyNow {
  readonly role: Role;
  /** null: nobody is on call for it. */
  readonly person: Person | null;
  /** End of the role's hours or of the person's duty, whichever comes first; null: no end is in sight. */
  readonly until: Instant | null;
  /** The holiday that it is where the role works; null: none. */
  readonly holiday: Holiday | null;
}

/** The role whose hours it is now (`roleAt`), and who has it. null: no role has the duty. */
export function dutyNow(roles: readonly Role[], onCall: readonly OnCall[], now: Instant): DutyNow | null {
  const role = roleAt(roles, now);
  if (role === null) return null;
  const found = onCall.find((each) => each.level === 1 && belongs(each, role));
  return {
    role,
    person: found?.person ?? null,
    until: earliest(found?.until ?? null, roleEnds(roles, now)),
    holiday: holidayOn(role.workdays, localTime(now, role.timeZone).date),
  };
}

/** Who is on call for that role: its schedule may be an escalation policy. */
export function belongs(onCall: OnCall, role: Role): boolean {
  return onCall.escalationPolicy === role.schedule || onCall.schedule === role.schedule;
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
