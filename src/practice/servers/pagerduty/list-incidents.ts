import { DAY } from '../../../model/instant.ts';
import type { PracticeIncident } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { teamId } from './references.ts';
import { invalidInput } from './reply.ts';
import { list } from './route.ts';

const STATUSES = ['triggered', 'acknowledged', 'resolved'];
/** Without `since`, the list begins one month back. */
const DEFAULT_SPAN = 30 * DAY;
const LARGEST_SPAN = 180 * DAY;

const ORDERS: Record<string, (incident: PracticeIncident) => number> = {
  incident_number: (incident) => incident.number,
  created_at: (incident) => incident.createdAt,
  resolved_at: (incident) => (incident.status === 'resolved' ? incident.changedAt : Infinity),
  urgency: (incident) => (incident.urgency === 'high' ? 1 : 0),
};

/** What `GET /incidents` selects, in its order: https://developer.pagerduty.com/api-reference (List incidents) */
export function selectIncidents(world: World, query: URLSearchParams): PracticeIncident[] {
  const { state } = world;
  const among = (name: string, value: string) => list(query, name)?.includes(value) ?? true;
  const unknown = list(query, 'statuses')?.find((status) => !STATUSES.includes(status));
  if (unknown !== undefined) throw invalidInput(`Invalid status ${unknown}`);
  const users = list(query, 'user_ids');
  const teams = list(query, 'team_ids');
  const key = query.get('incident_key');
  const { since, until } = span(world, query);
  const teamOf = new Map(state.services.map((service) => [service.pagerId, teamId(service.squad)]));
  return state.incidents
    .filter(
      (incident) =>
        incident.createdAt >= since &&
        incident.createdAt < until &&
        among('statuses', incident.status) &&
        among('urgencies', incident.urgency) &&
        among('service_ids', incident.serviceId) &&
        (teams === null || teams.includes(teamOf.get(incident.serviceId) ?? '')) &&
        (users === null || incident.assignees.some((id) => users.includes(id))) &&
        (key === null || incident.id.toLowerCase() === key),
    )
    .sort(order(query));
}

function span(world: World, query: URLSearchParams): { since: number; until: number } {
  if (query.get('date_range') === 'all') return { since: -Infinity, until: Infinity };
  const until = moment(query, 'until') ?? world.now() + 1;
  const since = moment(query, 'since') ?? until - DEFAULT_SPAN;
  if (until - since > LARGEST_SPAN) throw invalidInput('The date range must be less than 6 months');
  return { since, until };
}

function moment(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw invalidInput(`${name} is not a time`);
  return at;
}

/** At most two fields, each `field:asc` or `field:desc`. */
function order(query: URLSearchParams): (one: PracticeIncident, other: PracticeIncident) => number {
  const asked = query.getAll('sort_by').flatMap((text) => text.split(','));
  const keys = (asked.length === 0 ? ['incident_number:asc'] : asked).slice(0, 2).map((text) => {
    const [field = '', direction = 'asc'] = text.split(':');
    const value = ORDERS[field];
    if (value === undefined || !['asc', 'desc'].includes(direction))
      throw invalidInput(`Invalid sort_by ${text}`);
    return { value, sign: direction === 'desc' ? -1 : 1 };
  });
  return (one, other) => {
    for (const { value, sign } of keys) {
      const [first, second] = [value(one), value(other)];
      if (first !== second) return (first < second ? -1 : 1) * sign;
    }
    return 0;
  };
}
