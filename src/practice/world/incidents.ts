import { MINUTE } from '../../model/instant.ts';
import { ESCALATION_DELAY_MINUTES, findPolicy, roleOnDuty } from './policies.ts';
import { alphanumeric } from './random.ts';
import type { Instant, PracticeIncident, WorldState } from './state.ts';
import type { IncidentEngine, Random } from './world.ts';

/** PagerDuty's own refusals, with its error codes. */
export class IncidentRefusal extends Error {
  override readonly name = 'IncidentRefusal';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const ALREADY_RESOLVED = 1001;
export const ALREADY_ACKNOWLEDGED = 1002;
export const CANNOT_ESCALATE = 1006;
export const NOBODY_ON_CALL = 1015;

interface Deps {
  readonly state: WorldState;
  now(): Instant;
  at(when: Instant, what: () => void): void;
  readonly random: Random;
}

/** What PagerDuty does to an incident: who is paged, what is noted in its log, what comes next by itself. */
export function createIncidentEngine({ state, now, at, random }: Deps): IncidentEngine {
  const find = (id: string): PracticeIncident => {
    const incident = state.incidents.find((candidate) => candidate.id === id);
    if (incident === undefined) throw new IncidentRefusal(2100, 'Not Found');
    return incident;
  };
  const open = (id: string): PracticeIncident => {
    const incident = find(id);
    if (incident.status === 'resolved')
      throw new IncidentRefusal(ALREADY_RESOLVED, 'Incident Already Resolved');
    return incident;
  };
  const nameOf = (personId: string | null) =>
    state.people.find((person) => person.id === personId)?.name ?? 'the monitoring service';

  function write(
    incident: PracticeIncident,
    type: string,
    summary: string,
    personId: string | null = null,
    channel = personId === null ? 'auto' : 'api',
  ): void {
    incident.changedAt = now();
    incident.log.push({ id: `R${alphanumeric(random, 25)}`, type, summary, at: now(), personId, channel });
  }

  /** Pages everybody of a level: by push, by SMS, and by phone where it is urgent. */
  function page(incident: PracticeIncident): void {
    for (const personId of incident.assignees) {
      write(incident, 'assign_log_entry', `Assigned to ${nameOf(personId)}`, personId, 'auto');
      const ways = incident.urgency === 'high' ? ['push_notification', 'sms', 'phone'] : ['email'];
      for (const way of ways) {
        write(
          incident,
          'notify_log_entry',
          `Notified ${nameOf(personId)} by ${way.replace('_', ' ')}`,
          personId,
          way,
        );
      }
    }
    if (incident.level > 0) escalateLater(incident);
  }

  function escalateLater(incident: PracticeIncident): void {
    const { level, policyId } = incident;
    const due = now() + ESCALATION_DELAY_MINUTES * MINUTE;
    at(due, () => {
      const untouched =
        incident.status === 'triggered' && incident.level === level && incident.policyId === policyId;
      const lastPaged = incident.log.findLast((entry) => entry.type === 'assign_log_entry')?.at ?? 0;
      if (!untouched || lastPaged + ESCALATION_DELAY_MINUTES * MINUTE > now()) return;
      const next = levelFrom(incident.policyId, level + 1);
      if (next !== null) moveTo(incident, next, null);
    });
  }

  /** The first level from `level` on that has somebody; null: nobody. */
  function levelFrom(policyId: string, level: number): number | null {
    const levels = findPolicy(state, policyId)?.levels ?? [];
    const index = levels.findIndex((people, at) => at >= level - 1 && people.length > 0);
    return index < 0 ? null : index + 1;
  }

  function moveTo(incident: PracticeIncident, level: number, personId: string | null): void {
    wake(incident);
    incident.level = level;
    incident.assignees = [...(findPolicy(state, incident.policyId)?.levels[level - 1] ?? [])];
    const names = incident.assignees.map(nameOf).join(', ');
    write(incident, 'escalate_log_entry', `Escalated to ${names} (level ${level})`, personId);
    page(incident);
  }

  function wake(incident: PracticeIncident): void {
    incident.status = 'triggered';
    incident.acknowledgers = [];
    incident.snoozedUntil = null;
  }

  function hold(incident: PracticeIncident, personId: string): void {
    incident.status = 'acknowledged';
    incident.acknowledgers = [
      ...incident.acknowledgers.filter((one) => one.personId !== personId),
      { personId, at: now() },
    ];
  }

  return {
    trigger({ service, title, urgency, details = {}, effect = null }) {
      const serviceId = state.services.find((candidate) => candidate.name === service)?.pagerId;
      if (serviceId === undefined) throw new IncidentRefusal(2100, `No service ${service}`);
      const { policyId } = roleOnDuty(state, now());
      const level = levelFrom(policyId, 1) ?? 1;
      const incident: PracticeIncident = {
        id: `Q${alphanumeric(random, 13)}`,
        number: (state.incidents.at(-1)?.number ?? 0) + 1,
        title,
        serviceId,
        status: 'triggered',
        urgency,
        createdAt: now(),
        changedAt: now(),
        policyId,
        level,
        assignees: [...(findPolicy(state, policyId)?.levels[level - 1] ?? [])],
        acknowledgers: [],
        snoozedUntil: null,
        details,
        notes: [],
        log: [],
        effect,
      };
      state.incidents.push(incident);
      write(incident, 'trigger_log_entry', 'Triggered through the API', null, 'api');
      page(incident);
      return incident.id;
    },

    acknowledge(id, personId) {
      const incident = open(id);
      if (incident.acknowledgers.some((one) => one.personId === personId)) {
        throw new IncidentRefusal(ALREADY_ACKNOWLEDGED, 'Incident Already Acknowledged');
      }
      hold(incident, personId);
      write(incident, 'acknowledge_log_entry', `Acknowledged by ${nameOf(personId)}`, personId);
    },

    resolve(id, personId) {
      const incident = open(id);
      incident.status = 'resolved';
      incident.acknowledgers = [];
      incident.assignees = [];
      incident.snoozedUntil = null;
      write(incident, 'resolve_log_entry', `Resolved by ${nameOf(personId)}`, personId);
    },

    reroute(id, policyId, personId) {
      const incident = open(id);
      const level = levelFrom(policyId, 1);
      const policy = findPolicy(state, policyId);
      if (level === null || policy === undefined) {
        throw new IncidentRefusal(NOBODY_ON_CALL, 'Nobody is on call for this escalation policy');
      }
      wake(incident);
      incident.policyId = policyId;
      incident.level = level;
      incident.assignees = [...(policy.levels[level - 1] ?? [])];
      write(incident, 'delegate_log_entry', `Reassigned to ${policy.name} by ${nameOf(personId)}`, personId);
      page(incident);
    },

    escalate(id, level, personId) {
      const incident = open(id);
      const people = findPolicy(state, incident.policyId)?.levels[level - 1] ?? [];
      if (people.length === 0) throw new IncidentRefusal(CANNOT_ESCALATE, 'Incident Cannot Be Escalated');
      moveTo(incident, level, personId);
    },

    assign(id, to, personId) {
      const incident = open(id);
      wake(incident);
      incident.level = 0;
      incident.assignees = [...to];
      write(incident, 'reassign_log_entry', `Reassigned by ${nameOf(personId)}`, personId);
      page(incident);
    },

    snooze(id, seconds, personId) {
      const incident = open(id);
      const until = now() + seconds * 1000;
      if (incident.status === 'triggered') {
        hold(incident, personId);
        write(incident, 'acknowledge_log_entry', `Acknowledged by ${nameOf(personId)}`, personId);
      }
      incident.snoozedUntil = until;
      write(incident, 'snooze_log_entry', `Snoozed by ${nameOf(personId)}`, personId);
      at(until, () => {
        if (incident.status !== 'acknowledged' || incident.snoozedUntil !== until) return;
        wake(incident);
        write(incident, 'unacknowledge_log_entry', 'Unacknowledged because the snooze ended');
        page(incident);
      });
    },

    note(id, content, personId) {
      const incident = find(id);
      const noteId = `P${alphanumeric(random, 6)}`;
      incident.notes.push({ id: noteId, personId, content, at: now() });
      write(incident, 'annotate_log_entry', `Noted by ${nameOf(personId)}`, personId);
      return noteId;
    },
  };
}
