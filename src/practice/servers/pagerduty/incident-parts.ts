import { rfc3339 } from '../../../model/instant.ts';
import type { PracticeIncident, WorldState } from '../../world/state.ts';
import { author } from './author.ts';
import { showChange } from './change-events.ts';
import { incidentOf } from './change-incident.ts';
import { logEntries, showLogEntry } from './log-entries.ts';
import { page } from './page.ts';
import { reference, serviceReference, userReference } from './references.ts';
import { invalidInput, json, PagerRefusal } from './reply.ts';
import { bodyOf, isRecord, type Route } from './route.ts';
import { incidentReference, showIncident } from './show-incident.ts';

const LONGEST_SNOOZE_S = 604_800;

/** What hangs below one incident. */
export const incidentPartRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/incidents/{id}/alerts',
    answer: ({ world, ids, request: { query } }) => {
      const alerts = [incidentOf(world, ids[0])];
      return json(page(query, 'alerts', alerts, (incident) => showAlert(world.state, incident)));
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}/notes',
    answer: ({ world, ids }) => {
      const { notes } = incidentOf(world, ids[0]);
      return json({ notes: notes.toReversed().map((note) => showNote(world.state, note)) });
    },
  },
  {
    method: 'POST',
    path: '/incidents/{id}/notes',
    answer: (call) => {
      const person = author(call);
      const incident = incidentOf(call.world, call.ids[0]);
      const { note: wanted } = bodyOf(call.request);
      const content = isRecord(wanted) ? wanted.content : undefined;
      if (typeof content !== 'string' || content.trim() === '')
        throw invalidInput('Note content must not be empty');
      const id = call.world.incidents.note(incident.id, content, person.id);
      const note = incident.notes.find((candidate) => candidate.id === id);
      return json({ note: note === undefined ? null : showNote(call.world.state, note) }, 201);
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}/log_entries',
    answer: ({ world, ids, request: { query } }) => {
      const incident = incidentOf(world, ids[0]);
      const entries = logEntries(incident, query.get('is_overview') === 'true');
      return json(page(query, 'log_entries', entries, (entry) => showLogEntry(world.state, incident, entry)));
    },
  },
  {
    method: 'POST',
    path: '/incidents/{id}/snooze',
    answer: (call) => {
      const person = author(call);
      const incident = incidentOf(call.world, call.ids[0]);
      const { duration } = bodyOf(call.request);
      const fits = typeof duration === 'number' && Number.isInteger(duration) && duration >= 1;
      if (!fits || duration > LONGEST_SNOOZE_S) throw new PagerRefusal(400, 1013, 'Invalid Snooze Duration');
      call.world.incidents.snooze(incident.id, duration, person.id);
      return json({ incident: showIncident(call.world, incident, call.request.query) }, 201);
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}/related_change_events',
    answer: ({ world, ids, changes }) => {
      const incident = incidentOf(world, ids[0]);
      const related = changes
        .of(world, new URLSearchParams())
        .filter((change) => change.serviceId === incident.serviceId && change.at <= incident.createdAt)
        .slice(0, 5)
        .map((change) => ({
          ...showChange(world.state, change),
          correlation_reason: { reason: 'most_recent' },
        }));
      return json({ change_events: related });
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}/past_incidents',
    answer: ({ world, ids, request: { query } }) => {
      const incident = incidentOf(world, ids[0]);
      const alike = world.state.incidents
        .filter(
          (one) => one !== incident && one.serviceId === incident.serviceId && one.status === 'resolved',
        )
        .toReversed();
      const limit = Math.min(Number(query.get('limit') ?? 5) || 5, 999);
      return json({
        past_incidents: alike.slice(0, limit).map((one) => ({
          incident: { ...incidentReference(one), title: one.title, created_at: rfc3339(one.createdAt) },
          score: one.title === incident.title ? 96.2 : 41.7,
        })),
        total: alike.length,
        limit,
      });
    },
  },
];

/** In the practice world an incident has one alert, of the same text. */
function showAlert(state: WorldState, incident: PracticeIncident): Record<string, unknown> {
  return {
    ...reference('alert', `${incident.id}A`, incident.title, '/alerts'),
    type: 'alert',
    status: incident.status === 'resolved' ? 'resolved' : 'triggered',
    alert_key: incident.id.toLowerCase(),
    created_at: rfc3339(incident.createdAt),
    severity: incident.urgency === 'high' ? 'critical' : 'warning',
    suppressed: false,
    service: serviceReference(state, incident.serviceId),
    incident: incidentReference(incident),
    integration: reference('events_api_v2_inbound_integration', 'PINTMON', 'Monitors', '/integrations'),
    body: { type: 'alert_body', contexts: [], details: incident.details },
  };
}

function showNote(state: WorldState, note: PracticeIncident['notes'][number]): Record<string, unknown> {
  return {
    id: note.id,
    user: userReference(state, note.personId),
    content: note.content,
    created_at: rfc3339(note.at),
    channel: { id: null, type: 'web_app', summary: 'The PagerDuty website or APIs' },
  };
}
