import type { StackEvent } from '../../model/stack.ts';
import { tokenOf, whoseToken } from '../token.ts';
import type { Judgement, RollbackFacts } from './facts.ts';
import { identity } from './identity.ts';
import { isOfStack, reasonIn, type StackEnd } from './stack-end.ts';
import { whyNot } from './stack-status.ts';
import { token } from './token.ts';
import { underWay } from './under-way.ts';

/** What gets a stack out of an update: cancelling it, or continuing its stuck rollback. */
export type Mending = 'cancel_update' | 'continue_rollback';

/** What a mending is judged by; null: it could not be read. */
export type MendingFacts = Pick<
  RollbackFacts,
  'service' | 'environment' | 'stack' | 'latest' | 'first' | 'deploys' | 'incidents' | 'who' | 'token'
>;

/** CancelUpdateStack works in this status only, ContinueUpdateRollback in that: CloudFormation's API reference. */
export const MENDABLE: Readonly<Record<Mending, string>> = {
  cancel_update: 'UPDATE_IN_PROGRESS',
  continue_rollback: 'UPDATE_ROLLBACK_FAILED',
};

/** The option of `oncall rollback` that asks for it. */
export const MENDING_FLAGS: Readonly<Record<Mending, string>> = {
  cancel_update: '--cancel',
  continue_rollback: '--continue',
};

export function judgeMending(mending: Mending, facts: MendingFacts): readonly Judgement[] {
  const judgements = [identity(facts), mendable(mending, facts)];
  return [...judgements, ...(mending === 'cancel_update' ? [begunBy(facts)] : []), token(facts)];
}

/** The version that is being left (`from`) and the one that serves and stays (`to`). */
export function mendedVersions(
  mending: Mending,
  { stack, deploys, service, environment }: MendingFacts,
): { readonly from: string | null; readonly to: string | null } {
  const [newest] = deploys ?? [];
  const parameter = stack.parameters[service.in[environment]?.imageParameter ?? ''] ?? null;
  // While it updates, DescribeStacks gives the values it updates to; once it goes back, those from before.
  const failed = mending === 'continue_rollback' && newest?.status !== 'succeeded' ? newest?.version : null;
  return {
    from: failed ?? parameter,
    to: deploys?.find((deploy) => deploy.status === 'succeeded')?.version ?? null,
  };
}

/** Where a mending is, from the events of the update that it ends: those from its own token on. */
export function mendingEnd(events: readonly StackEvent[], own: string, stack: string): StackEnd {
  const first = events.findIndex((event) => event.token === own);
  const mine = first < 0 ? [] : events.slice(first);
  const newest = mine.at(-1);
  if (newest === undefined) return { kind: 'none' };
  switch (mine.findLast((event) => isOfStack(event, stack))?.status) {
    case 'UPDATE_ROLLBACK_COMPLETE':
      return { kind: 'done', text: 'The stack is UPDATE_ROLLBACK_COMPLETE.' };
    case 'UPDATE_COMPLETE':
      return { kind: 'failed', text: 'The update was complete all the same.' };
    case 'UPDATE_ROLLBACK_FAILED':
      return {
        kind: 'failed',
        text: `The stack is stuck in UPDATE_ROLLBACK_FAILED: ${reasonIn(mine)} Its rollback has to be continued.`,
      };
    default:
      return { kind: 'under_way', text: `Going back: ${newest.resource} ${newest.status}.` };
  }
}

function mendable(mending: Mending, facts: MendingFacts): Judgement {
  const { status, statusReason } = facts.stack;
  const id = 'stack-status';
  if (status !== MENDABLE[mending]) {
    const what = mending === 'cancel_update' ? 'There is no update to cancel' : 'There is no stuck rollback';
    const why = /_IN_PROGRESS$|_FAILED$/.test(status) ? whyNot(status, facts) : `The stack is ${status}.`;
    return { id, result: 'block', text: `${what}. ${why} Nothing was sent.` };
  }
  const reason = statusReason === null ? '' : ` (${statusReason.trim()})`;
  const text =
    mending === 'cancel_update'
      ? `The stack is ${status}: the update can still be cancelled.`
      : `The stack is stuck in ${status}${reason}: its rollback can be continued.`;
  return { id, result: 'pass', text };
}

/** A deploy is cancelled because it is bad; what a colleague does to mend it is another thing. */
function begunBy(facts: MendingFacts): Judgement {
  const id = 'begun-by';
  if (facts.latest === null) return { id, result: 'warn', text: 'Who began the update cannot be read.' };
  const first = facts.latest[0]?.token ?? null;
  const begun = first === null ? null : whoseToken(first);
  const me = facts.who === null ? null : whoseToken(tokenOf(facts.who, '0'));
  return begun === null || begun.who === me?.who
    ? { id, result: 'pass', text: underWay(facts) }
    : {
        id,
        result: 'warn',
        text: `${underWay(facts)} It may be what mends: talk to ${begun.who} first.`,
      };
}
