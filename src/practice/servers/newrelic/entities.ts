import type { PracticeService, WorldState } from '../../world/state.ts';

/** Number of the tribe's account. */
export const ACCOUNT = 2_109_876;

/** An entity's GUID: account, domain, type and number of the application, in base64 without padding. */
export function entityGuid(service: PracticeService, environment: 'prod' | 'test'): string {
  const application = `${service.pagerId}${environment}`;
  return Buffer.from(`${ACCOUNT}|APM|APPLICATION|${application}`).toString('base64').replace(/=+$/, '');
}

const PAGE = 25;

/** `entitySearch`, which finds the tribe's applications whatever is searched for, page by page. */
export function searchEntities(state: WorldState, cursor: unknown): object {
  const all = state.services.flatMap((service) =>
    (['prod', 'test'] as const).map((environment) => ({
      guid: entityGuid(service, environment),
      name: service.name,
      tags: [{ key: 'environment', values: [environment] }],
    })),
  );
  const from = typeof cursor === 'string' ? Number(cursor) : 0;
  const entities = all.slice(from, from + PAGE);
  return { results: { entities, nextCursor: from + PAGE < all.length ? String(from + PAGE) : null } };
}

export function entityOf(
  state: WorldState,
  guid: string,
): { readonly name: string; readonly guid: string } | null {
  const found = state.services.find((service) =>
    [entityGuid(service, 'prod'), entityGuid(service, 'test')].includes(guid),
  );
  return found === undefined ? null : { name: found.name, guid };
}
