import type { Instant } from '../../model/instant.ts';
import type { StackEvent, StackUpdate } from '../../model/stack.ts';
import { countSignals } from '../rollback/signals.ts';
import { reasonIn } from '../rollback/stack-end.ts';
import { whoseToken } from '../token.ts';
import type { TimelineEvent } from './facts.ts';

const STACK_TYPE = 'AWS::CloudFormation::Stack';
const GROUP_TYPE = 'AWS::AutoScaling::AutoScalingGroup';

/**
 * Of the dozens of events of an update those that a post-mortem asks for: the new group, its signals, the switch, the
 * old group's end; or that it was taken back, and why.
 * @param who began it, where its token does not tell
 */
export function stepsOf(
  { events, newGroup, oldGroup }: StackUpdate,
  who: string | null,
  source: string,
): readonly TimelineEvent[] {
  const first = events[0];
  if (first === undefined) return [];
  const author = whoseToken(first.token ?? '')?.who ?? who;
  const told = (at: Instant, kind: string, text: string, by = author): TimelineEvent => ({
    at,
    kind,
    who: by,
    text,
    source,
    url: null,
  });
  const made = newGroup ?? 'the new group';
  const old = oldGroup ?? 'the old group';
  const steps: TimelineEvent[] = [];
  let back = false;
  for (const event of events) {
    const ofStack = event.resourceType === STACK_TYPE && event.resource === first.resource;
    if (ofStack && event.status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' && newGroup !== null) {
      steps.push(told(event.at, 'switched', `${made} serves alone from here on; ${old} goes`));
    }
    if (ofStack && event.status === 'UPDATE_ROLLBACK_IN_PROGRESS') {
      const text = back ? 'The stuck rollback of the stack goes on' : whyBack(event, first, events);
      steps.push(told(event.at, back ? 'continued' : 'taken_back', text, byWhom(event, first) ?? author));
      back = true;
    }
    if (ofStack && event.status === 'UPDATE_ROLLBACK_FAILED') {
      steps.push(told(event.at, 'rollback_stuck', `The stack is stuck: ${reasonIn(events)}`));
    }
    if (event.resourceType !== GROUP_TYPE) continue;
    if (/^resource creation initiated/i.test(event.reason ?? '')) {
      steps.push(told(event.at, 'group_made', `New group ${made} is made`));
    }
    if (event.status === 'DELETE_COMPLETE') {
      steps.push(told(event.at, 'group_deleted', back ? `${made} is deleted again` : `${old} is deleted`));
    }
  }
  const signals = signalsOf(events);
  return signals === null ? steps : [...steps, told(signals.at, 'signals', signals.text)];
}

/** All of them at the time of the last. */
function signalsOf(events: readonly StackEvent[]): { at: Instant; text: string } | null {
  const last = events.findLast(({ reason }) => /^Received (SUCCESS|FAILURE) signal/.test(reason ?? ''));
  if (last === undefined) return null;
  const { received, failed } = countSignals(events, { needed: 0, timeoutMs: 0 });
  const well = `${instances(received)} of the new group signalled that they are well`;
  return { at: last.at, text: failed === 0 ? well : `${well}, ${failed} that they are not` };
}

function instances(count: number): string {
  return `${count} ${count === 1 ? 'instance' : 'instances'}`;
}

function whyBack(back: StackEvent, first: StackEvent, events: readonly StackEvent[]): string {
  const who = byWhom(back, first);
  if (who !== null) return `The update is taken back: ${who} cancelled it`;
  const cancelled = /cancel|user initiated/i.test(back.reason ?? '');
  return `The update is taken back: ${cancelled ? 'somebody cancelled it' : reasonIn(events)}`;
}

/** A cancellation and a continuation bring tokens of their own. */
function byWhom({ token }: StackEvent, first: StackEvent): string | null {
  return token === null || token === first.token ? null : (whoseToken(token)?.who ?? null);
}
