import { ESCALATION_DELAY_MINUTES, type Policy, policies } from '../../world/policies.ts';
import type { WorldState } from '../../world/state.ts';
import { page } from './page.ts';
import { reference, serviceReference, teamReference, userReference } from './references.ts';
import { json, notFound } from './reply.ts';
import { list, type Route } from './route.ts';

export function showPolicy(state: WorldState, policy: Policy): Record<string, unknown> {
  const squad = state.squads.find((candidate) => candidate.policyId === policy.id);
  const services = state.services.filter((service) => service.squad === squad?.id);
  return {
    ...reference('escalation_policy', policy.id, policy.name, '/escalation_policies'),
    type: 'escalation_policy',
    name: policy.name,
    description: null,
    num_loops: 0,
    on_call_handoff_notifications: 'if_has_services',
    escalation_rules: policy.levels.map((people, index) => ({
      id: `${policy.id}${index + 1}`,
      escalation_delay_in_minutes: ESCALATION_DELAY_MINUTES,
      targets:
        index === 0
          ? [reference('schedule', policy.scheduleId, policy.name, '/schedules')]
          : people.map((id) => userReference(state, id)),
    })),
    services: services.map((service) => serviceReference(state, service.pagerId)),
    teams: squad === undefined ? [] : [teamReference(state, squad.id)],
  };
}

export const policyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/escalation_policies',
    answer: ({ world, request }) => {
      const query = request.query.get('query')?.toLowerCase() ?? '';
      const users = list(request.query, 'user_ids');
      const found = policies(world.state).filter(
        (policy) =>
          policy.name.toLowerCase().includes(query) &&
          (users === null || policy.levels.flat().some((id) => users.includes(id))),
      );
      return json(
        page(request.query, 'escalation_policies', found, (policy) => showPolicy(world.state, policy)),
      );
    },
  },
  {
    method: 'GET',
    path: '/escalation_policies/{id}',
    answer: ({ world, ids }) => {
      const policy = policies(world.state).find((candidate) => candidate.id === ids[0]);
      if (policy === undefined) throw notFound();
      return json({ escalation_policy: showPolicy(world.state, policy) });
    },
  },
];
