import type { PracticeService, WorldState } from '../../world/state.ts';

/** Number of the tribe's account. */
export const ACCOUNT = 2_109_876;

/** An entity's GUID: account, domain, type and number of the application, in base64 without padding. */
export function entityGuid(service: PracticeService, environment: 'prod' | 'test'): string {
  const application = `${service.pagerId}${environment}`;
  return Buffer.from(`${ACCOUNT}|APM|APPLICATION|${application}`).toString('base64').replace(/=+$/, '');
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
