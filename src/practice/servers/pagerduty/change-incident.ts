import { ALREADY_ACKNOWLEDGED, ALREADY_RESOLVED, IncidentRefusal } from '../../world/incidents.ts';
import { findPolicy } from '../../world/policies.ts';
import type { PracticeIncident, PracticePerson } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { invalidInput, notFound } from './reply.ts';
import { isRecord } from './route.ts';
import { findIncident } from './show-incident.ts';

/** https://developer.pagerduty.com/api-reference (Manage incidents): more than these are 413. */
export const MOST_AT_ONCE = 250;

type Change = (world: World, incident: PracticeIncident, person: PracticePerson) => void;

/** What a `PUT` asks of one incident; all of it is checked before any of it is done. */
export function readChange(world: World, wanted: Record<string, unknown>): Change {
  const changes = [
    statusChange(wanted),
    policyChange(world, wanted),
    levelChange(wanted),
    assignment(world, wanted),
  ];
  const asked = changes.filter((change) => change !== null);
  if (asked.length === 0) throw invalidInput('Nothing to change');
  return (ofWorld, incident, person) => {
    for (const change of asked) change(ofWorld, incident, person);
  };
}

/**
 * Applies many changes. Where every incident already is as it was asked to be, the answer is 1001 or 1002; what
 * PagerDuty does with a mix is not documented: here those are passed over and the others change.
 */
export function applyAll(
  world: World,
  person: PracticePerson,
  changes: readonly (readonly [PracticeIncident, Change])[],
): void {
  let applied = 0;
  let refusal: IncidentRefusal | null = null;
  for (const [incident, change] of changes) {
    try {
      change(world, incident, person);
      applied++;
    } catch (error) {
      if (!(error instanceof IncidentRefusal)) throw error;
      if (![ALREADY_ACKNOWLEDGED, ALREADY_RESOLVED].includes(error.code)) throw error;
      refusal ??= error;
    }
  }
  if (applied === 0 && refusal !== null) throw refusal;
}

export function incidentOf(world: World, id: unknown): PracticeIncident {
  const incident = typeof id === 'string' ? findIncident(world.state, id) : undefined;
  if (incident === undefined) throw notFound();
  return incident;
}

function statusChange({ status }: Record<string, unknown>): Change | null {
  if (status === undefined) return null;
  if (status === 'acknowledged')
    return ({ incidents }, { id }, person) => incidents.acknowledge(id, person.id);
  if (status === 'resolved') return ({ incidents }, { id }, person) => incidents.resolve(id, person.id);
  throw invalidInput('Status must be acknowledged or resolved');
}

function policyChange(world: World, { escalation_policy: policy }: Record<string, unknown>): Change | null {
  if (policy === undefined) return null;
  const id = isRecord(policy) ? policy.id : undefined;
  if (typeof id !== 'string' || findPolicy(world.state, id) === undefined) {
    throw invalidInput('Escalation policy not found');
  }
  return ({ incidents }, incident, person) => incidents.reroute(incident.id, id, person.id);
}

function levelChange({ escalation_level: level }: Record<string, unknown>): Change | null {
  if (level === undefined) return null;
  if (typeof level !== 'number' || !Number.isInteger(level) || level < 1) {
    throw invalidInput('Escalation level must be a whole number from 1');
  }
  return ({ incidents }, { id }, person) => incidents.escalate(id, level, person.id);
}

function assignment(world: World, { assignments }: Record<string, unknown>): Change | null {
  if (assignments === undefined) return null;
  const ids = Array.isArray(assignments) ? assignments.map(assigneeId) : [];
  const known = ids.every((id) => world.state.people.some((person) => person.id === id));
  if (ids.length === 0 || !known) throw invalidInput('Assignee not found');
  return ({ incidents }, { id }, person) => incidents.assign(id, ids, person.id);
}

function assigneeId(assignment: unknown): string {
  const assignee = isRecord(assignment) ? assignment.assignee : null;
  return isRecord(assignee) && typeof assignee.id === 'string' ? assignee.id : '';
}
