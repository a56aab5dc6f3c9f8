import { type Catalog, findService } from '../../model/catalog.ts';
import type { Alert, ChangeRecord, Incident, LogEntry, Note, OnCall, Person } from '../../model/incident.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import type {
  WireAlert,
  WireChangeEvent,
  WireIncident,
  WireLogEntry,
  WireNote,
  WireOnCall,
  WireUser,
} from './wire.ts';

const UNNAMED = ownText('unnamed');
const MAX_DETAILS = 100;

export function toPerson(user: WireUser): Person {
  return { id: user.id, name: user.name ?? user.summary ?? UNNAMED, email: user.email ?? null };
}

/** The squad is the one that the escalation policy pages now; a policy of nobody's leaves it with the service's own. */
export function toIncident(catalog: Catalog, wire: WireIncident): Incident {
  const service = catalog.services.find(({ pagerService }) => pagerService === wire.service.id);
  const policy = wire.escalation_policy;
  const squad = catalog.squads.find(({ escalationPolicy }) => escalationPolicy === policy?.id);
  // A snooze is an acknowledgement that ends: https://developer.pagerduty.com/api-reference (pending_actions)
  const unsnooze = wire.pending_actions?.find(({ type }) => type === 'unacknowledge');
  return {
    id: wire.id,
    number: wire.incident_number,
    title: wire.title ?? wire.summary ?? UNNAMED,
    status: wire.status,
    urgency: wire.urgency,
    pagerService: { id: wire.service.id, name: wire.service.summary ?? UNNAMED },
    service: service?.name ?? null,
    squad: squad?.id ?? findService(catalog, service?.name ?? '')?.squad ?? null,
    escalationPolicy: { id: policy?.id ?? '', name: policy?.summary ?? UNNAMED },
    triggeredAt: wire.created_at,
    assignees: (wire.assignments ?? []).map(({ assignee }) => toPerson(assignee)),
    acknowledgedBy: uniquePeople(
      (wire.acknowledgements ?? []).map(({ acknowledger }) => toPerson(acknowledger)),
    ),
    resolvedAt: wire.status === 'resolved' ? (wire.resolved_at ?? wire.last_status_change_at ?? null) : null,
    snoozedUntil: wire.status === 'acknowledged' ? (unsnooze?.at ?? null) : null,
    url: wire.html_url ?? null,
  };
}

export function toAlert(wire: WireAlert): Alert {
  return {
    summary: wire.summary ?? UNNAMED,
    severity: wire.severity ?? ownText('unknown'),
    at: wire.created_at,
    details: detailsOf(wire.body?.details),
  };
}

export function toNote(wire: WireNote): Note {
  return {
    id: wire.id,
    text: wire.content ?? ownText(''),
    by: wire.user?.name ?? wire.user?.summary ?? UNNAMED,
    at: wire.created_at,
  };
}

export function toLogEntry(wire: WireLogEntry): LogEntry {
  const kind = ownText(wire.type.replace(/_log_entry(_reference)?$/, ''));
  const way = wire.channel?.notification?.type;
  const said = wire.summary ?? kind;
  const told = !way || said.includes(way) || said.includes(way.replaceAll('_', ' '));
  const text = told ? said : safeText(`${said} (${way})`);
  return { kind, text, by: wire.agent?.summary ?? UNNAMED, at: wire.created_at };
}

export function toChange(wire: WireChangeEvent): ChangeRecord {
  return {
    id: wire.id,
    at: wire.timestamp,
    summary: wire.summary ?? UNNAMED,
    source: wire.source ?? null,
    details: detailsOf(wire.custom_details),
    url: wire.links?.find(({ href }) => href != null)?.href ?? null,
  };
}

export function toOnCall(wire: WireOnCall): OnCall {
  return {
    escalationPolicy: wire.escalation_policy.id,
    level: wire.escalation_level,
    person: toPerson(wire.user),
    schedule: wire.schedule?.summary ?? null,
    until: wire.end ?? null,
  };
}

/** Custom details are any JSON: an object's members one by one, anything else under one name. */
function detailsOf(details: unknown): (readonly [SafeText, SafeText])[] {
  if (details === null || details === undefined || details === '') return [];
  if (typeof details !== 'object' || Array.isArray(details))
    return [[ownText('details'), valueText(details)]];
  return Object.entries(details)
    .slice(0, MAX_DETAILS)
    .map(([name, value]) => [safeText(name), valueText(value)] as const);
}

function valueText(value: unknown): SafeText {
  return safeText(typeof value === 'string' ? value : JSON.stringify(value));
}

function uniquePeople(people: readonly Person[]): Person[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}
