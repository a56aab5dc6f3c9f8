import { DAY, HOUR } from '../../../model/instant.ts';
import { dutyEnds, onDuty, type Policy, policies } from '../../world/policies.ts';
import type { Instant, WorldState } from '../../world/state.ts';
import { showPolicy } from './escalation-policies.ts';
import { page } from './page.ts';
import { policyReference, reference, time, userReference } from './references.ts';
import { json } from './reply.ts';
import { includes, list, type Route } from './route.ts';
import { showUser } from './users.ts';

interface Duty {
  readonly policy: Policy;
  readonly level: number;
  readonly personId: string;
  /** null: paged directly, with no beginning and no end. */
  readonly shift: { readonly start: Instant; readonly end: Instant } | null;
}

export const onCallRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/oncalls',
    answer: ({ world, request: { query } }) => {
      const { state } = world;
      const wanted = (name: string, id: string) => list(query, name)?.includes(id) ?? true;
      const found = duties(state, world.now()).filter(
        ({ policy, personId, shift }) =>
          wanted('escalation_policy_ids', policy.id) &&
          wanted('user_ids', personId) &&
          (list(query, 'schedule_ids') === null ||
            (shift !== null && wanted('schedule_ids', policy.scheduleId))),
      );
      return json(page(query, 'oncalls', found, (duty) => showDuty(state, duty, query)));
    },
  },
];

/** Who is on call now: the first level by its schedule, the others without end. */
function duties(state: WorldState, now: Instant): Duty[] {
  return policies(state).flatMap((policy) =>
    policy.levels.flatMap((people, index): Duty[] => {
      if (index > 0) return people.map((personId) => ({ policy, level: index + 1, personId, shift: null }));
      const role = state.roles.find((candidate) => candidate.policyId === policy.id);
      if (role !== undefined && !onDuty(role, now)) return [];
      const end = (role === undefined ? null : dutyEnds(role, now)) ?? endOfWeek(now);
      const start = role === undefined ? end - 7 * DAY : end - 16 * HOUR;
      return people.map((personId) => ({ policy, level: 1, personId, shift: { start, end } }));
    }),
  );
}

/** Squads hand over on Monday at nine. */
function endOfWeek(now: Instant): Instant {
  const date = new Date(now);
  date.setUTCHours(9, 0, 0, 0);
  while (date.getTime() <= now || date.getUTCDay() !== 1) date.setTime(date.getTime() + DAY);
  return date.getTime();
}

function showDuty(
  state: WorldState,
  { policy, level, personId, shift }: Duty,
  query: URLSearchParams,
): unknown {
  const person = state.people.find((candidate) => candidate.id === personId);
  const inFull = includes(query, 'users') && person !== undefined;
  return {
    escalation_policy: includes(query, 'escalation_policies')
      ? showPolicy(state, policy)
      : policyReference(state, policy.id),
    escalation_level: level,
    schedule: shift === null ? null : reference('schedule', policy.scheduleId, policy.name, '/schedules'),
    user: inFull ? showUser(state, person) : userReference(state, personId),
    start: time(shift?.start ?? null),
    end: time(shift?.end ?? null),
  };
}
