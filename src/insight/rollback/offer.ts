import { whoseToken } from '../token.ts';
import type { RollbackFacts } from './facts.ts';
import { standing } from './stack-status.ts';
import type { UnderWayFacts } from './under-way.ts';

/** What fits a stack as it stands. */
export interface StackOffer {
  readonly kind: 'roll_back' | 'cancel_update' | 'continue_rollback' | 'wait';
  /** Why it cannot be rolled back now; empty: it can be planned. */
  readonly text: string;
  /** Intents whose tokens the newest update carries, newest last: one of this journal can be attached to. */
  readonly intents: readonly string[];
}

export function offerFor(facts: UnderWayFacts & Pick<RollbackFacts, 'service'>): StackOffer {
  const { status } = facts.stack;
  const intents = (facts.latest ?? []).flatMap(({ token }) => {
    const ours = token === null ? null : whoseToken(token);
    return ours === null ? [] : [ours.intent];
  });
  const common = { text: standing(status, facts), intents: [...new Set(intents)] };
  if (status === 'UPDATE_IN_PROGRESS') return { kind: 'cancel_update', ...common };
  if (status === 'UPDATE_ROLLBACK_FAILED') return { kind: 'continue_rollback', ...common };
  if (status.endsWith('_IN_PROGRESS')) return { kind: 'wait', ...common };
  // Anything else is for the checks of a plan to judge.
  return { kind: 'roll_back', text: '', intents: [] };
}
