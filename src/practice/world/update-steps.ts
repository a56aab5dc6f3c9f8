/**
 * What CloudFormation does in one update of an immutable group, moment by moment, as data: the engine plays it
 * on the world's clock, the history of past deploys is the same list with its times filled in.
 * Statuses and reasons: CloudFormation user guide, "Monitor the progress of a stack update"; a resource that is
 * replaced reports UPDATE_*, its old physical resource DELETE_* during clean-up.
 */
import { SECOND } from '../../model/instant.ts';

export type StepResource = 'stack' | 'launch' | 'group' | 'scale-up' | 'scale-down';

export interface StepEvent {
  readonly resource: StepResource;
  /** Which physical resource the event names: the one being made, or the one that served before. */
  readonly which: 'new' | 'old';
  readonly status: string;
  /** A number: the SUCCESS signal of that instance of the new group. */
  readonly reason: string | number | null;
}

export interface StepEffect {
  readonly kind:
    | 'make-launch'
    | 'make-group'
    | 'launch-instance'
    | 'in-service'
    | 'healthy'
    | 'crash'
    | 'drain'
    | 'remove-group'
    | 'remove-launch'
    | 'settle';
  readonly which: 'new' | 'old';
  /** Of the instance in the new group. */
  readonly index: number;
}

export interface Step {
  /** Milliseconds after the first step of its list. */
  readonly afterMs: number;
  readonly event: StepEvent | null;
  readonly effect: StepEffect | null;
}

/** How long the new group waits for its instances' signals; the template's `CreationPolicy` says the same. */
export const SIGNAL_TIMEOUT_MINUTES = 10;

/** Why the stack is rolled back, as CloudFormation prints it, its last blank included. */
export const GROUP_FAILED = 'The following resource(s) failed to update: [AutoScalingGroup]. ';

const REPLACES = 'Requested update requires the creation of a new physical resource; hence creating one.';
const INITIATED = 'Resource creation Initiated';

/** An update that works: about six minutes. */
export function deploySteps(instances: number): Step[] {
  const signalled = 135 + 120;
  const lasting = Math.max(instances, 1);
  return sorted([
    ...beginning(instances),
    ...each(instances, (index) => {
      const at = 135 + (120 * (index + 1)) / lasting;
      return [
        effect(at - 6, 'healthy', 'new', index),
        step(at, event('group', 'new', 'UPDATE_IN_PROGRESS', index)),
      ];
    }),
    step(signalled + 2, event('group', 'new', 'UPDATE_COMPLETE')),
    ...scheduledActions(signalled + 4),
    step(signalled + 12, event('stack', 'new', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')),
    ...cleanup(signalled + 14, 'old'),
    step(signalled + 96, event('stack', 'new', 'UPDATE_COMPLETE'), made('settle', 'new')),
  ]);
}

/** An update whose instances never signal, until the group has failed; a rollback follows. */
export function failingSteps(instances: number): Step[] {
  const timedOut = 11.4 + SIGNAL_TIMEOUT_MINUTES * 60;
  const reason = `Failed to receive ${instances} resource signal(s) within the specified duration`;
  return sorted([
    ...beginning(instances),
    ...each(instances, (index) => [
      ...[70, 110, 170, 260, 380, 500].map((at) => effect(at + 3 * index, 'crash', 'new', index)),
    ]),
    step(timedOut, event('group', 'new', 'UPDATE_FAILED', reason)),
  ]);
}

/** Back to what was before, the old group having served all along; starts with the stack's own event. */
export function rollbackSteps(reason: string, ends: 'complete' | 'failed'): Step[] {
  const start = step(0, event('stack', 'old', 'UPDATE_ROLLBACK_IN_PROGRESS', reason));
  if (ends === 'failed') {
    return [
      start,
      step(5, event('group', 'old', 'UPDATE_FAILED', 'Internal Failure')),
      step(7, event('stack', 'old', 'UPDATE_ROLLBACK_FAILED', GROUP_FAILED)),
    ];
  }
  return [
    start,
    step(5, event('launch', 'old', 'UPDATE_COMPLETE')),
    step(7, event('group', 'old', 'UPDATE_COMPLETE')),
    step(9, event('stack', 'old', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS')),
    ...cleanup(11, 'new').filter(({ event: told }) => !told?.resource.startsWith('scale')),
    step(93, event('stack', 'old', 'UPDATE_ROLLBACK_COMPLETE'), made('settle', 'old')),
  ];
}

function beginning(instances: number): Step[] {
  return [
    step(0, event('stack', 'new', 'UPDATE_IN_PROGRESS', 'User Initiated')),
    step(4.2, event('launch', 'old', 'UPDATE_IN_PROGRESS', REPLACES)),
    step(6.1, event('launch', 'new', 'UPDATE_IN_PROGRESS', INITIATED), made('make-launch', 'new')),
    step(6.9, event('launch', 'new', 'UPDATE_COMPLETE')),
    step(9, event('group', 'old', 'UPDATE_IN_PROGRESS', REPLACES)),
    step(11.4, event('group', 'new', 'UPDATE_IN_PROGRESS', INITIATED), made('make-group', 'new')),
    ...each(instances, (index) => [
      effect(14 + 3 * index, 'launch-instance', 'new', index),
      effect(44 + 3 * index, 'in-service', 'new', index),
    ]),
  ];
}

function scheduledActions(from: number): Step[] {
  const actions: StepResource[] = ['scale-up', 'scale-down'];
  return actions.flatMap((resource, index) => [
    step(from + index * 0.2, event(resource, 'old', 'UPDATE_IN_PROGRESS', REPLACES)),
    step(from + 2 + index * 0.2, event(resource, 'new', 'UPDATE_IN_PROGRESS', INITIATED)),
    step(from + 3 + index * 0.2, event(resource, 'new', 'UPDATE_COMPLETE')),
  ]);
}

function cleanup(from: number, which: 'new' | 'old'): Step[] {
  return [
    step(from, event('scale-up', which, 'DELETE_IN_PROGRESS')),
    step(from + 0.2, event('scale-down', which, 'DELETE_IN_PROGRESS')),
    step(from + 1, event('scale-up', which, 'DELETE_COMPLETE')),
    step(from + 1.2, event('scale-down', which, 'DELETE_COMPLETE')),
    step(from + 2, event('group', which, 'DELETE_IN_PROGRESS'), made('drain', which)),
    step(from + 77, event('group', which, 'DELETE_COMPLETE'), made('remove-group', which)),
    step(from + 78, event('launch', which, 'DELETE_IN_PROGRESS')),
    step(from + 79, event('launch', which, 'DELETE_COMPLETE'), made('remove-launch', which)),
  ];
}

function step(seconds: number, told: StepEvent, done: StepEffect | null = null): Step {
  return { afterMs: Math.round(seconds * SECOND), event: told, effect: done };
}

function effect(seconds: number, kind: StepEffect['kind'], which: 'new' | 'old', index: number): Step {
  return { afterMs: Math.round(seconds * SECOND), event: null, effect: { kind, which, index } };
}

function made(kind: StepEffect['kind'], which: 'new' | 'old'): StepEffect {
  return { kind, which, index: 0 };
}

function event(
  resource: StepResource,
  which: 'new' | 'old',
  status: string,
  reason: string | number | null = null,
): StepEvent {
  return { resource, which, status, reason };
}

function each(count: number, what: (index: number) => Step[]): Step[] {
  return Array.from({ length: count }, (_, index) => what(index)).flat();
}

function sorted(steps: Step[]): Step[] {
  return steps.sort((one, other) => one.afterMs - other.afterMs);
}
