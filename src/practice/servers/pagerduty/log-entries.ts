import { rfc3339 } from '../../../model/instant.ts';
import type { PracticeIncident, PracticeLogEntry, WorldState } from '../../world/state.ts';
import { type Reference, reference, serviceReference, userReference } from './references.ts';

/** Left out of an overview, which tells only of the important changes. */
const DETAILS = new Set(['notify_log_entry', 'assign_log_entry']);
const NOTIFICATIONS = new Set(['push_notification', 'sms', 'phone', 'email']);

export function logEntries(incident: PracticeIncident, overview: boolean): PracticeLogEntry[] {
  // Newest first, as PagerDuty lists them.
  return incident.log.filter((entry) => !overview || !DETAILS.has(entry.type)).toReversed();
}

export function showLogEntry(
  state: WorldState,
  incident: PracticeIncident,
  entry: PracticeLogEntry,
): Record<string, unknown> {
  return {
    ...reference('log_entry', entry.id, entry.summary, '/log_entries'),
    type: entry.type,
    created_at: rfc3339(entry.at),
    agent: agent(state, incident, entry),
    channel: channel(incident, entry),
    service: serviceReference(state, incident.serviceId),
    incident: reference('incident', incident.id, `[#${incident.number}] ${incident.title}`, '/incidents'),
    teams: [],
    contexts: [],
    ...subjects(state, entry),
  };
}

/** Who did it: a person for what people do, the service for what happens by itself. */
function agent(state: WorldState, incident: PracticeIncident, entry: PracticeLogEntry): Reference {
  const byItself = entry.personId === null || DETAILS.has(entry.type);
  return byItself || entry.personId === null
    ? serviceReference(state, incident.serviceId)
    : userReference(state, entry.personId);
}

function channel(incident: PracticeIncident, entry: PracticeLogEntry): Record<string, unknown> {
  if (NOTIFICATIONS.has(entry.channel)) {
    return { type: 'auto', notification: { type: entry.channel, status: 'success' } };
  }
  if (entry.type === 'annotate_log_entry') {
    const note = incident.notes.find((candidate) => candidate.at === entry.at);
    return { type: 'note', summary: note?.content ?? entry.summary, content: note?.content ?? null };
  }
  if (entry.type === 'trigger_log_entry') {
    return { type: 'api', summary: incident.title, details: incident.details };
  }
  return { type: entry.channel };
}

function subjects(state: WorldState, entry: PracticeLogEntry): Record<string, unknown> {
  if (entry.personId === null) return {};
  const user = userReference(state, entry.personId);
  if (entry.type === 'notify_log_entry') return { user };
  return entry.type === 'assign_log_entry' ? { assignees: [user] } : {};
}
