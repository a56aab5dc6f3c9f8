import type { Catalog } from '../model/catalog.ts';

/** Escalation policies whose people are shown: those of the roles, then those of the squads. */
export function dutyPolicies(catalog: Catalog): readonly string[] {
  const roles = catalog.roles.map((role) => role.schedule);
  return [...new Set([...roles, ...catalog.squads.map((squad) => squad.escalationPolicy)])];
}
