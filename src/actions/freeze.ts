import { freezeOver, judgeFreeze } from '../insight/freeze.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Systems } from '../model/ports/index.ts';
import type { ActionRequest, Check } from './types.ts';

/** What is judged: where it changes something, on whose clock. */
export interface FreezePlace {
  readonly service: string | null;
  readonly environment: string | null;
  readonly system: string;
}

export interface FreezeRuling {
  readonly check: Check;
  /** Why it goes on in spite of a freeze; null: nothing is frozen, or nobody said why. */
  readonly reason: string | null;
}

/** Freeze windows hold for whatever changes an environment; null: this changes none. */
export function freezeRuling(
  { catalog, systems }: { readonly catalog: Catalog; readonly systems: Systems },
  request: ActionRequest,
  { service, environment, system }: FreezePlace,
): FreezeRuling | null {
  if (service === null || environment === null) return null;
  const said = 'overrideFreeze' in request ? request.overrideFreeze?.trim() : undefined;
  const override = said === undefined || said === '' ? null : said;
  const { action } = request;
  const mending = action === 'cancel_update' || action === 'continue_rollback' ? action : null;
  const wish = { service, environment, now: systems.now(system), override, mending };
  const frozen = freezeOver(catalog.freezes, wish) !== null;
  return { check: judgeFreeze(catalog.freezes, wish), reason: frozen ? override : null };
}
