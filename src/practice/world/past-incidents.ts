import { DAY, HOUR, MINUTE } from '../../model/instant.ts';
import { alphanumeric } from './random.ts';
import type { Instant, PracticeIncident, WorldState } from './state.ts';
import type { Random } from './world.ts';

const TITLES = [
  ['p99 above 800 ms', 'high'],
  ['5xx above 2%', 'high'],
  ['DLQ not empty', 'high'],
  ['disk 88%', 'low'],
  ['certificate expires in 20 days', 'low'],
  ['heartbeat missing', 'high'],
] as const;

/** The services of a scenario's story had quiet days before it. */
const QUIET = 4 * DAY;
const MEMORY = 60 * DAY;

/** Incidents that were resolved long ago: what a pager's history looks like. */
export function pastIncidents(state: WorldState, epoch: Instant, random: Random): PracticeIncident[] {
  const starts = Array.from(
    { length: 48 },
    () => epoch - random.integer(QUIET / MINUTE, MEMORY / MINUTE) * MINUTE,
  );
  return starts
    .sort((one, other) => one - other)
    .map((at, index) => resolved(state, at, 8_400 + index, random));
}

function resolved(state: WorldState, at: Instant, number: number, random: Random): PracticeIncident {
  const service = random.pick(state.services);
  const squad = state.squads.find((candidate) => candidate.id === service.squad);
  const [title, urgency] = random.pick(TITLES);
  const person = random.pick(state.people.filter((candidate) => candidate.squad === service.squad));
  const acknowledgedAt = at + random.integer(1, 12) * MINUTE;
  const resolvedAt = acknowledgedAt + random.integer(5, 3 * 60) * MINUTE;
  const entry = (type: string, summary: string, when: Instant, personId: string | null) => ({
    id: `R${alphanumeric(random, 25)}`,
    type,
    summary,
    at: when,
    personId,
    channel: personId === null ? 'api' : 'mobile',
  });
  return {
    id: `Q${alphanumeric(random, 13)}`,
    number,
    title,
    serviceId: service.pagerId,
    status: 'resolved',
    urgency,
    createdAt: at,
    changedAt: Math.min(resolvedAt, at + 4 * HOUR),
    policyId: squad?.policyId ?? '',
    level: 1,
    assignees: [],
    acknowledgers: [],
    snoozedUntil: null,
    details: {},
    notes: [],
    log: [
      entry('trigger_log_entry', 'Triggered through the API', at, null),
      entry('acknowledge_log_entry', `Acknowledged by ${person.name}`, acknowledgedAt, person.id),
      entry('resolve_log_entry', `Resolved by ${person.name}`, resolvedAt, person.id),
    ],
    effect: null,
  };
}
