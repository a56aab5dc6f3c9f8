import { type Policy, policies } from '../../world/policies.ts';
import type { WorldState } from '../../world/state.ts';
import { page } from './page.ts';
import { policyReference, reference, userReference } from './references.ts';
import { json, notFound } from './reply.ts';
import type { Route } from './route.ts';

/** The schedule of a policy's first level. */
function showSchedule(state: WorldState, policy: Policy): Record<string, unknown> {
  return {
    ...reference('schedule', policy.scheduleId, policy.name, '/schedules'),
    type: 'schedule',
    name: policy.name,
    time_zone: 'Europe/London',
    description: null,
    escalation_policies: [policyReference(state, policy.id)],
    schedule_layers: layers(state, policy),
    users: (policy.levels[0] ?? []).map((id) => userReference(state, id)),
    teams: [],
  };
}

/** One layer, restricted to the hours of a role that has some: "Get a schedule" of PagerDuty's API reference. */
function layers(state: WorldState, { scheduleId }: Policy): readonly object[] {
  const hours = state.roles.find((role) => role.scheduleId === scheduleId)?.hours ?? null;
  const [from = '', to = ''] = hours?.split('-') ?? [];
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const restriction = {
    type: 'daily_restriction',
    start_time_of_day: `${from}:00`,
    duration_seconds: ((minutes(to) - minutes(from) + 1440) % 1440) * 60,
  };
  return [{ name: 'Layer 1', restrictions: hours === null ? [] : [restriction] }];
}

export const scheduleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/schedules',
    answer: ({ world, request }) =>
      json(
        page(request.query, 'schedules', policies(world.state), (policy) =>
          showSchedule(world.state, policy),
        ),
      ),
  },
  {
    method: 'GET',
    path: '/schedules/{id}',
    answer: ({ world, ids }) => {
      const policy = policies(world.state).find((candidate) => candidate.scheduleId === ids[0]);
      if (policy === undefined) throw notFound();
      return json({ schedule: showSchedule(world.state, policy) });
    },
  },
];
