import type { ZoneFact } from '../../insight/rollback/facts.ts';
import { zoneTrouble } from '../../insight/zone-trouble.ts';
import { Failure } from '../../model/failure.ts';
import type { ActionContext } from '../action.ts';

/** Whether a zone is in trouble, judged by the instances of every service in that environment. */
export async function readZone(
  { systems, catalog }: ActionContext,
  environment: string,
  signal: AbortSignal | undefined,
): Promise<ZoneFact> {
  try {
    const fleet = await systems.fleet();
    return { kind: 'read', trouble: zoneTrouble(await fleet.health(environment, catalog.services, signal)) };
  } catch (thrown) {
    if (thrown instanceof Failure) return { kind: 'unread', why: thrown.text };
    throw thrown;
  }
}
