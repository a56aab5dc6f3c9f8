import { hasLogs } from '../insight/log-system.ts';
import { type Catalog, findService, findSquad } from '../model/catalog.ts';
import type { Subject } from './selectors.ts';

/** The services of one squad that have a log in that environment; names, sorted. */
export interface SquadLogs {
  readonly squad: string;
  readonly names: readonly string[];
  /** How many services of it run there, with a log or without. */
  readonly all: number;
}

export function squadLogs(catalog: Catalog, { service, environment }: Subject): SquadLogs {
  const squad = findService(catalog, service)?.squad ?? '';
  const there = catalog.services.filter((each) => each.squad === squad && environment in each.in);
  const names = there.filter(hasLogs).map(({ name }) => name);
  return { squad: findSquad(catalog, squad)?.name ?? squad, names: names.sort(), all: there.length };
}

/** The services whose logs are followed with that one's. */
export function squadMates(catalog: Catalog, of: Subject): readonly string[] {
  return squadLogs(catalog, of).names.filter((name) => name !== of.service);
}
