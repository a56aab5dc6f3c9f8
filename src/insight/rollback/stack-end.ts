import type { StackEvent } from '../../model/stack.ts';
import { whoseToken } from '../token.ts';

export type StackEnd =
  | { readonly kind: 'none' }
  | { readonly kind: 'under_way'; readonly text: string }
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string };

/** CloudFormation's end of an update of ours, from the events that carry its token, oldest first. */
export function stackEnd(events: readonly StackEvent[], stack: string): StackEnd {
  const newest = events.at(-1);
  if (newest === undefined) return { kind: 'none' };
  const status = events.filter((event) => isOfStack(event, stack)).at(-1)?.status ?? null;
  switch (status) {
    case 'UPDATE_COMPLETE':
      return { kind: 'done', text: 'The stack is UPDATE_COMPLETE.' };
    // CloudFormation took our update back: the old group serves, so nothing was rolled back.
    case 'UPDATE_ROLLBACK_COMPLETE':
      return {
        kind: 'failed',
        text: `CloudFormation took the update back, the old group still serves: ${cancelledBy(events) ?? reasonIn(events)}`,
      };
    case 'UPDATE_ROLLBACK_FAILED':
      return {
        kind: 'failed',
        text: `The stack is stuck in UPDATE_ROLLBACK_FAILED: ${reasonIn(events)} Its rollback has to be continued.`,
      };
    case 'UPDATE_FAILED':
      return { kind: 'failed', text: `The update failed: ${reasonIn(events)}` };
    case 'UPDATE_ROLLBACK_IN_PROGRESS':
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
      return {
        kind: 'under_way',
        text: `CloudFormation takes the update back: ${cancelledBy(events) ?? reasonIn(events)}`,
      };
    case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS':
      return { kind: 'under_way', text: 'The new group serves; the old one is being deleted.' };
    default:
      return {
        kind: 'under_way',
        text: `${newest.resource} ${newest.status}${newest.reason === null ? '' : `: ${newest.reason}`}`,
      };
  }
}

export function isOfStack({ resource, resourceType }: StackEvent, stack: string): boolean {
  return resourceType === 'AWS::CloudFormation::Stack' && resource === stack;
}

/** The first thing that failed is the cause; "Resource creation cancelled" is what follows from it. */
export function reasonIn(events: readonly StackEvent[]): string {
  const failures = events.filter((event) => event.status.endsWith('_FAILED') && event.reason !== null);
  const failed = failures.find((event) => !/cancelled$/i.test(event.reason ?? '')) ?? failures[0];
  const begun = events.find(
    (event) => event.status === 'UPDATE_ROLLBACK_IN_PROGRESS' && event.reason !== null,
  );
  const cause = failed ?? begun;
  if (cause === undefined) return 'no reason given.';
  const reason = (cause.reason ?? '').trim();
  return `${cause.resource}: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}`;
}

/** A cancellation brings a token of its own; null: nobody cancelled it with this tool. */
function cancelledBy(events: readonly StackEvent[]): string | null {
  const began = events[0]?.token ?? null;
  const back = events.find((event) => event.status === 'UPDATE_ROLLBACK_IN_PROGRESS');
  const who = back?.token == null || back.token === began ? null : whoseToken(back.token)?.who;
  return who == null ? null : `${who} cancelled it with oncall.`;
}
