import type { LogSource } from '../../model/catalog.ts';
import type { Row } from './log-line.ts';

/** A service and where its lines are. */
export interface Owner {
  readonly service: string;
  readonly source: LogSource;
}

/** The service of a line whose fields fit none of those that were asked for: its fields exist only in Splunk's search. */
export const NOBODY = 'unknown';

/**
 * Whose a row is, of several services that one search asked for: the one whose fields it has; where it has those of
 * two, the one that asks for more of them. One service needs no fields for that.
 */
export function serviceOfRow(owners: readonly Owner[], environment: string): (row: Row) => string {
  const [only, ...others] = owners;
  if (only !== undefined && others.length === 0) return () => only.service;
  return ownerOf(owners, [environment]);
}

/** Whose a row is, where nothing says that it has to be one of these services' in one of these environments. */
export function ownerOf(owners: readonly Owner[], environments: readonly string[]): (row: Row) => string {
  const tests = owners
    .flatMap((owner) => environments.map((environment) => ({ ...owner, environment })))
    .map(({ service, environment, source: { index, where } }) => ({
      service,
      wanted: Object.entries({ ...where, index }).map(
        ([field, value]) => [field, fitting(value.replaceAll('{environment}', environment))] as const,
      ),
    }))
    .sort((one, other) => other.wanted.length - one.wanted.length);
  return (row) =>
    tests.find(({ wanted }) => wanted.every(([field, fits]) => (row[field] ?? '').split('\n').some(fits)))
      ?.service ?? NOBODY;
}

/** As `search` compares: in any case, `*` for any text; https://docs.splunk.com/Documentation/Splunk/latest/SearchReference/Search */
function fitting(value: string): (told: string) => boolean {
  const wanted = value.toLowerCase();
  if (!wanted.includes('*')) return (told) => told.toLowerCase() === wanted;
  const parts = wanted.split('*');
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  return (told) => {
    const text = told.toLowerCase();
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
      return false;
    let at = first.length;
    for (const part of parts.slice(1, -1)) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}
