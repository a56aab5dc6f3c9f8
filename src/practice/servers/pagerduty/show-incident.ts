import { MINUTE } from '../../../model/instant.ts';
import { ESCALATION_DELAY_MINUTES, findPolicy } from '../../world/policies.ts';
import type { PracticeIncident, WorldState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { showPolicy } from './escalation-policies.ts';
import { showLogEntry } from './log-entries.ts';
import {
  policyReference,
  type Reference,
  reference,
  serviceReference,
  teamReference,
  time,
  userReference,
} from './references.ts';
import { includes } from './route.ts';
import { showService } from './services.ts';
import { showUser } from './users.ts';

/** An incident as https://developer.pagerduty.com/api-reference (Get an incident) prints it; `include[]` fills links in. */
export function showIncident(
  world: World,
  incident: PracticeIncident,
  query: URLSearchParams,
): Record<string, unknown> {
  const { state } = world;
  const resolved = incident.status === 'resolved';
  const service = state.services.find((candidate) => candidate.pagerId === incident.serviceId);
  const policy = findPolicy(state, incident.policyId);
  const first = incident.log[0];
  const userFor = (what: string) => (id: string) => {
    const person = state.people.find((candidate) => candidate.id === id);
    return includes(query, what) && person !== undefined ? showUser(state, person) : userReference(state, id);
  };
  const squad = service === undefined ? [] : [teamReference(state, service.squad)];
  return {
    ...incidentReference(incident),
    type: 'incident',
    incident_number: incident.number,
    title: incident.title,
    description: incident.title,
    created_at: time(incident.createdAt),
    updated_at: time(incident.changedAt),
    status: incident.status,
    incident_key: incident.id.toLowerCase(),
    service:
      includes(query, 'services') && service !== undefined
        ? showService(world, service)
        : serviceReference(state, incident.serviceId),
    assignments: incident.assignees.map((id) => ({
      at: time(lastEntry(incident, 'assign_log_entry')),
      assignee: userFor('assignees')(id),
    })),
    assigned_via: incident.level === 0 ? 'direct_assignment' : 'escalation_policy',
    last_status_change_at: time(lastStatusChange(incident)),
    resolved_at: resolved ? time(lastEntry(incident, 'resolve_log_entry')) : null,
    first_trigger_log_entry:
      includes(query, 'first_trigger_log_entries') && first !== undefined
        ? showLogEntry(state, incident, first)
        : reference('trigger_log_entry', first?.id ?? '', 'Triggered through the API', '/log_entries'),
    alert_counts: { all: 1, triggered: resolved ? 0 : 1, resolved: resolved ? 1 : 0 },
    is_mergeable: true,
    escalation_policy:
      includes(query, 'escalation_policies') && policy !== undefined
        ? showPolicy(state, policy)
        : policyReference(state, incident.policyId),
    teams: includes(query, 'teams')
      ? squad.map((team) => ({ ...team, type: 'team', name: team.summary }))
      : squad,
    impacted_services: [serviceReference(state, incident.serviceId)],
    pending_actions: pendingActions(incident),
    acknowledgements: incident.acknowledgers.map(({ personId, at }) => ({
      at: time(at),
      acknowledger: userFor('acknowledgers')(personId),
    })),
    alert_grouping: null,
    priority: null,
    resolve_reason: null,
    incidents_responders: [],
    responder_requests: [],
    subscriber_requests: [],
    urgency: incident.urgency,
  };
}

export function incidentReference(incident: PracticeIncident): Reference {
  return reference('incident', incident.id, `[#${incident.number}] ${incident.title}`, '/incidents');
}

/** A snooze shows as an `unacknowledge` to come; an unanswered page as an `escalate`. */
function pendingActions(incident: PracticeIncident): unknown[] {
  if (incident.snoozedUntil !== null) return [{ type: 'unacknowledge', at: time(incident.snoozedUntil) }];
  if (incident.status !== 'triggered' || incident.level === 0) return [];
  const paged = lastEntry(incident, 'assign_log_entry') ?? incident.createdAt;
  return [{ type: 'escalate', at: time(paged + ESCALATION_DELAY_MINUTES * MINUTE) }];
}

function lastEntry(incident: PracticeIncident, type: string): number | null {
  return incident.log.findLast((entry) => entry.type === type)?.at ?? null;
}

function lastStatusChange(incident: PracticeIncident): number {
  const changes = /^(trigger|acknowledge|unacknowledge|escalate|delegate|resolve)_log_entry$/;
  return incident.log.findLast((entry) => changes.test(entry.type))?.at ?? incident.createdAt;
}

/** The incident of that id, or PagerDuty's 404. */
export function findIncident(state: WorldState, id: string | undefined): PracticeIncident | undefined {
  return state.incidents.find((incident) => incident.id === id || String(incident.number) === id);
}
