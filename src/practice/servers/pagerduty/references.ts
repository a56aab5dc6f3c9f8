import { type Instant, rfc3339 } from '../../../model/instant.ts';
import { findPolicy } from '../../world/policies.ts';
import type { WorldState } from '../../world/state.ts';

const API = 'https://api.pagerduty.com';
export const WEB = 'https://harbour.pagerduty.com';

export interface Reference {
  readonly id: string;
  readonly type: string;
  readonly summary: string | null;
  readonly self: string | null;
  readonly html_url: string | null;
}

/** `{id, type: "…_reference", summary, self, html_url}`, as every link between PagerDuty's resources. */
export function reference(kind: string, id: string, summary: string | null, path: string): Reference {
  return {
    id,
    type: `${kind}_reference`,
    summary,
    self: `${API}${path}/${id}`,
    html_url: `${WEB}${path}/${id}`,
  };
}

export function userReference(state: WorldState, id: string): Reference {
  const name = state.people.find((person) => person.id === id)?.name ?? null;
  return reference('user', id, name, '/users');
}

export function serviceReference(state: WorldState, id: string): Reference {
  const name = state.services.find((service) => service.pagerId === id)?.name ?? null;
  return reference('service', id, name, '/services');
}

export function policyReference(state: WorldState, id: string): Reference {
  return reference('escalation_policy', id, findPolicy(state, id)?.name ?? null, '/escalation_policies');
}

/** A squad is a team. */
export function teamReference(state: WorldState, squadId: string): Reference {
  const squad = state.squads.find((candidate) => candidate.id === squadId);
  return reference('team', teamId(squadId), squad?.name ?? null, '/teams');
}

export function teamId(squadId: string): string {
  return `PTEAM${squadId.slice(0, 2).toUpperCase()}`;
}

export function time(at: Instant | null): string | null {
  return at === null ? null : rfc3339(at);
}
