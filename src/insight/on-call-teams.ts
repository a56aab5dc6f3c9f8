import type { Catalog } from '../model/catalog.ts';
import type { OnCall } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import { belongs, type DutyNow, dutyNow } from './oncall-now.ts';

/** Whom a page of one squad, or of the tribe's duty, goes to. */
export interface Team {
  readonly id: string;
  readonly name: string;
  /** Paged at once; empty: nobody is. */
  readonly first: readonly OnCall[];
  /** Paged when nobody of the first answers. */
  readonly second: readonly OnCall[];
}

export interface TeamsNow {
  /** null: no role has the duty of this hour. */
  readonly duty: (DutyNow & { readonly team: Team }) | null;
  readonly squads: readonly Team[];
}

/** Who is on call now for the tribe and for every squad, as the pager tells it. */
export function teamsNow(catalog: Catalog, onCall: readonly OnCall[], now: Instant): TeamsNow {
  const duty = dutyNow(catalog.roles, onCall, now);
  return {
    duty: duty === null ? null : { ...duty, team: dutyTeam(duty, onCall) },
    squads: catalog.squads.map(({ id, name, escalationPolicy }) =>
      team(
        id,
        name,
        onCall.filter((each) => each.escalationPolicy === escalationPolicy),
      ),
    ),
  };
}

/** The duty of its person ends with the role's hours at the latest. */
function dutyTeam({ role, until }: DutyNow, onCall: readonly OnCall[]): Team {
  const { first, ...rest } = team(
    role.name,
    `${role.name.charAt(0).toUpperCase()}${role.name.slice(1)}`,
    onCall.filter((each) => belongs(each, role)),
  );
  return { ...rest, first: first.map((each, index) => (index === 0 ? { ...each, until } : each)) };
}

function team(id: string, name: string, levels: readonly OnCall[]): Team {
  const at = (wanted: number) => levels.filter(({ level }) => level === wanted);
  return { id, name, first: at(1), second: at(2) };
}
