import type { Catalog, Service } from '../../model/catalog.ts';
import type { SettingsOf } from '../http/settings.ts';

type Patterns = Pick<SettingsOf<'zendesk'>, 'service_tag' | 'squad_tag'>;

/** Whose a ticket is. */
export interface Owner {
  readonly service: Service | null;
  readonly squad: string | null;
}

/** By its tags: a squad's tag goes before that of a service's squad. Zendesk keeps tags in lower case. */
export function ownerOf(catalog: Catalog, patterns: Patterns, tags: readonly string[]): Owner {
  const carried = new Set(tags.map((tag) => tag.toLowerCase()));
  const service = catalog.services.find(({ name }) => carried.has(serviceTag(patterns, name))) ?? null;
  const squad = catalog.squads.find(({ id }) => carried.has(squadTag(patterns, id)));
  return { service, squad: squad?.id ?? service?.squad ?? null };
}

/** The same tags with those of other squads taken out and this squad's put in: a write replaces all of them. */
export function givenTo(
  catalog: Catalog,
  patterns: Patterns,
  tags: readonly string[],
  squad: string,
): readonly string[] {
  const ofSquads = new Set(catalog.squads.map(({ id }) => squadTag(patterns, id)));
  return [...tags.filter((tag) => !ofSquads.has(tag.toLowerCase())), squadTag(patterns, squad)];
}

function squadTag({ squad_tag: pattern }: Patterns, squad: string): string {
  return pattern.replace('{squad}', () => squad).toLowerCase();
}

function serviceTag({ service_tag: pattern }: Patterns, service: string): string {
  return pattern.replace('{service}', () => service).toLowerCase();
}
