import type { StackEvent } from '../../model/stack.ts';

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
        text: `CloudFormation took the update back, the old group still serves: ${firstReason(events)}`,
      };
    case 'UPDATE_ROLLBACK_FAILED':
      return {
        kind: 'failed',
        text: `The stack is stuck in UPDATE_ROLLBACK_FAILED: ${firstReason(events)} Its rollback has to be continued.`,
      };
    case 'UPDATE_FAILED':
      return { kind: 'failed', text: `The update failed: ${firstReason(events)}` };
    case 'UPDATE_ROLLBACK_IN_PROGRESS':
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
      return { kind: 'under_way', text: `CloudFormation takes the update back: ${firstReason(events)}` };
    case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS':
      return { kind: 'under_way', text: 'The new group serves; the old one is being deleted.' };
    default:
      return {
        kind: 'under_way',
        text: `${newest.resource} ${newest.status}${newest.reason === null ? '' : `: ${newest.reason}`}`,
      };
  }
}

function isOfStack({ resource, resourceType }: StackEvent, stack: string): boolean {
  return resourceType === 'AWS::CloudFormation::Stack' && resource === stack;
}

/** The first thing that failed is the cause; what follows is "Resource creation cancelled". */
function firstReason(events: readonly StackEvent[]): string {
  const failed = events.find((event) => event.status.endsWith('_FAILED') && event.reason !== null);
  const begun = events.find(
    (event) => event.status === 'UPDATE_ROLLBACK_IN_PROGRESS' && event.reason !== null,
  );
  const cause = failed ?? begun;
  return cause === undefined ? 'no reason given.' : `${cause.resource}: ${cause.reason ?? ''}`;
}
