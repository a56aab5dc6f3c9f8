import { roleOnDuty } from '../../world/policies.ts';
import type { PracticeService } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { showChange } from './change-events.ts';
import { page } from './page.ts';
import { policyReference, reference, teamId, teamReference, time } from './references.ts';
import { json, notFound } from './reply.ts';
import { type Call, list, type Route } from './route.ts';

export function showService({ state, now }: World, service: PracticeService): Record<string, unknown> {
  const open = state.incidents.filter(
    (incident) => incident.serviceId === service.pagerId && incident.status !== 'resolved',
  );
  const burning = open.some((incident) => incident.status === 'triggered');
  return {
    ...reference('service', service.pagerId, service.name, '/services'),
    type: 'service',
    name: service.name,
    description: `${service.name} of ${service.squad}`,
    auto_resolve_timeout: null,
    acknowledgement_timeout: null,
    created_at: '2024-01-15T09:00:00Z',
    status: burning ? 'critical' : open.length > 0 ? 'warning' : 'active',
    last_incident_timestamp: time(
      state.incidents.findLast((one) => one.serviceId === service.pagerId)?.createdAt ?? null,
    ),
    escalation_policy: policyReference(state, roleOnDuty(state, now()).policyId),
    teams: [teamReference(state, service.squad)],
    incident_urgency_rule: { type: 'constant', urgency: 'severity_based' },
    alert_creation: 'create_alerts_and_incidents',
    integrations: [],
    addons: [],
  };
}

export const serviceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/services',
    answer: ({ world, request: { query } }) => {
      const text = query.get('query')?.toLowerCase() ?? '';
      const teams = list(query, 'team_ids');
      const found = world.state.services.filter(
        ({ name, squad }) => name.includes(text) && (teams === null || teams.includes(teamId(squad))),
      );
      return json(page(query, 'services', found, (service) => showService(world, service)));
    },
  },
  {
    method: 'GET',
    path: '/services/{id}',
    answer: (call) => json({ service: showService(call.world, find(call)) }),
  },
  {
    method: 'GET',
    path: '/services/{id}/change_events',
    answer: (call) => {
      const { query } = call.request;
      const found = call.changes
        .of(call.world, query)
        .filter((change) => change.serviceId === find(call).pagerId);
      return json(page(query, 'change_events', found, (change) => showChange(call.world.state, change)));
    },
  },
];

function find({ world, ids }: Call): PracticeService {
  const service = world.state.services.find((candidate) => candidate.pagerId === ids[0]);
  if (service === undefined) throw notFound();
  return service;
}
