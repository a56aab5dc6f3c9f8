import { dutyNow } from '../insight/oncall-now.ts';
import type { Catalog } from '../model/catalog.ts';
import type { OnCall } from '../model/incident.ts';
import { type Instant, rfc3339 } from '../model/instant.ts';
import { type Reading, systemNow } from '../model/reading.ts';
import { jsonPerson } from './json.ts';

/** Who has the tribe's duty now, and who is paged at each level of each squad. */
export function jsonDuty(catalog: Catalog, onCall: Reading<readonly OnCall[]>, now: Instant) {
  if (onCall.value === null) return null;
  const levels = onCall.value;
  const duty = dutyNow(catalog.roles, levels, systemNow(onCall, now));
  return {
    duty:
      duty === null
        ? null
        : {
            role: duty.role.name,
            person: duty.person === null ? null : jsonPerson(duty.person),
            until: until(duty.until),
            time_zone: duty.role.timeZone,
            holiday:
              duty.holiday === null
                ? null
                : { from: duty.holiday.from, to: duty.holiday.to, name: duty.holiday.name },
          },
    squads: catalog.squads.map((squad) => ({
      squad: squad.id,
      levels: levels
        .filter((each) => each.escalationPolicy === squad.escalationPolicy)
        .map((each) => ({ level: each.level, person: jsonPerson(each.person), until: until(each.until) })),
    })),
  };
}

function until(at: Instant | null): string | null {
  return at === null ? null : rfc3339(at);
}
