import { DAY } from '../../model/instant.ts';
import { HOLIDAYS } from './people.ts';
import type { Instant, PracticeRole, WorldState } from './state.ts';

/** An escalation policy of PagerDuty: a squad's or a role's. */
export interface Policy {
  readonly id: string;
  readonly name: string;
  /** Of the first level; the other levels page people directly. */
  readonly scheduleId: string;
  readonly levels: readonly (readonly string[])[];
}

/** PagerDuty waits so long for an acknowledgement before it goes to the next level. */
export const ESCALATION_DELAY_MINUTES = 30;

export function policies(state: WorldState): Policy[] {
  const ofSquads = state.squads.map((squad) => ({
    ...squad,
    id: squad.policyId,
    name: `${squad.name} on call`,
  }));
  const ofRoles = state.roles.map((role) => ({ ...role, id: role.policyId, name: roleName(role) }));
  return [...ofRoles, ...ofSquads].map(({ id, name, scheduleId, levels }) => ({
    id,
    name,
    scheduleId,
    levels,
  }));
}

export function findPolicy(state: WorldState, id: string): Policy | undefined {
  return policies(state).find((policy) => policy.id === id);
}

/** The role that takes every alert first at that moment. */
export function roleOnDuty(state: WorldState, at: Instant): PracticeRole {
  const role = state.roles.find((candidate) => onDuty(candidate, at)) ?? state.roles[0];
  if (role === undefined) throw new Error('The tribe has no role that takes alerts');
  return role;
}

/** End of the duty that covers `at`; null where the role has no hours. */
export function dutyEnds(role: PracticeRole, at: Instant): Instant | null {
  const hours = role.hours?.split('-')[1];
  if (hours === undefined) return null;
  const end = new Date(at);
  end.setUTCHours(Number(hours.slice(0, 2)), Number(hours.slice(3)), 0, 0);
  while (end.getTime() <= at || onDuty(role, end.getTime())) end.setTime(end.getTime() + DAY);
  return end.getTime();
}

/** The world's dates are in winter: Europe/London is UTC there. Where nobody works it is after hours all day. */
export function onDuty(role: PracticeRole, at: Instant): boolean {
  if (role.hours === null) return true;
  const [from = '', to = ''] = role.hours.split('-');
  const time = new Date(at).toISOString().slice(11, 16);
  if (from <= to) return from <= time && time < to && isWorkday(at);
  return time >= from || time < to || !isWorkday(at);
}

function isWorkday(at: Instant): boolean {
  const day = new Date(at);
  return day.getUTCDay() % 6 !== 0 && !HOLIDAYS.some(({ date }) => day.toISOString().startsWith(date));
}

function roleName(role: PracticeRole): string {
  return `${role.name[0]?.toUpperCase()}${role.name.slice(1)}`;
}
