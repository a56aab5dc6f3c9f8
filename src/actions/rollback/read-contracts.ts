import type { ContractsFact } from '../../insight/rollback/facts.ts';
import { Failure } from '../../model/failure.ts';
import type { Contracts } from '../../model/ports/index.ts';
import type { ActionContext } from '../action.ts';
import { within } from '../within.ts';
import type { Place } from './place.ts';

/** What the contract broker says of that version; a broker that does not answer stops nobody. */
export async function readContracts(
  context: ActionContext,
  { service, environment }: Place,
  version: string | null,
  signal: AbortSignal | undefined,
): Promise<ContractsFact> {
  try {
    const contracts = await configured(context);
    if (contracts === null) return { kind: 'not_configured' };
    if (version === null) return { kind: 'unread', why: 'no version was chosen.' };
    const ask = (each: AbortSignal) => contracts.canDeploy(service, environment, version, each);
    const verdict = await within('pact', context.limits.read, ask, signal);
    if (verdict === null) return { kind: 'not_configured' };
    const { fits, reason } = verdict;
    return fits === null ? { kind: 'unread', why: `${reason}.` } : { kind: 'answered', fits, why: reason };
  } catch (thrown) {
    if (thrown instanceof Failure) return { kind: 'unread', why: thrown.text };
    throw thrown;
  }
}

/** null: no broker is. */
async function configured({ systems }: ActionContext): Promise<Contracts | null> {
  try {
    return await systems.contracts();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'not_configured') return null;
    throw thrown;
  }
}
