import type { RollbackFacts } from '../../insight/rollback/facts.ts';
import type { Failure } from '../../model/failure.ts';
import type { ActionContext, DraftAid, Sight } from '../action.ts';
import type { Intent } from '../intent.ts';
import type { Outcome } from '../types.ts';
import type { Place } from './place.ts';

/** How a rollback reaches the machines: its stack is updated from here, or a pipeline is told to. */
export interface Way {
  /** What it takes to send it; leaves nothing behind where another check blocks. */
  prepare(context: ActionContext, facts: RollbackFacts, aid: DraftAid): Promise<Prepared>;
  /** Looks for what was sent, by the intent alone. */
  looker(context: ActionContext, place: Place, intent: Intent): (signal: AbortSignal) => Promise<Sight>;
  /** What says that the version is out, before the instances say so: `The stack is UPDATE_COMPLETE`. */
  readonly done: string;
}

export interface Prepared {
  /** With what was found on the way. */
  readonly facts: RollbackFacts;
  /** For a person: what happens, beside the version. */
  readonly lines: readonly string[];
  /** Resources that change, in words. */
  readonly changes: readonly string[];
  send(who: string, signal: AbortSignal): Promise<void>;
  /** What a refusal means here; null: as the system puts it. */
  explain(refusal: Failure, signal: AbortSignal): Promise<Outcome | null>;
  discard(): Promise<void>;
}
