import { startRun, type UpdateRun } from './stack-update.ts';
import type { PracticeStack } from './state.ts';
import type { StackChange, StackEngine, World } from './world.ts';

/** What the engine needs of the world; all of it is there before the engine is. */
export type StackWorld = Pick<World, 'state' | 'now' | 'at' | 'random'>;

/** Images that do not work at all, beyond the bad ones that start and then fail. */
export interface StackFaults {
  /** Its containers never come up: no signals, the update fails and CloudFormation rolls back. */
  failsAtStart(service: string, version: string): boolean;
  /** The rollback after such a failure fails too, once: UPDATE_ROLLBACK_FAILED. */
  failsRollback(service: string, version: string): boolean;
}

export const NO_FAULTS: StackFaults = { failsAtStart: () => false, failsRollback: () => false };

/** CloudFormation would answer this with a ValidationError of the same text. */
export class StackRefusal extends Error {
  override readonly name = 'StackRefusal';
}

/** Stacks in one of these can be updated; see "Stack status codes" in CloudFormation's user guide. */
const UPDATABLE = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

export function openStacks(world: StackWorld, faults: StackFaults = NO_FAULTS): StackEngine {
  const random = world.random('stacks');
  const runs = new Map<string, UpdateRun>();

  return {
    update(stack, change) {
      refuseUnlessUpdatable(stack);
      if (changesNothing(stack, change)) throw new StackRefusal('No updates are to be performed.');
      runs.set(stack.name, startRun({ world, random, faults }, stack, change));
    },
    cancel(stack, token) {
      const run = runs.get(stack.name);
      if (stack.status !== 'UPDATE_IN_PROGRESS' || run === undefined) {
        throw new StackRefusal('CancelUpdateStack cannot be called from current stack status');
      }
      run.cancel(token);
    },
    continueRollback(stack, token) {
      const run = runs.get(stack.name);
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED' || run === undefined) {
        throw new StackRefusal(
          `Stack:${stack.id} is in ${stack.status} state and can not continue update rollback.`,
        );
      }
      run.continueRollback(token);
    },
  };
}

/** Throws in CloudFormation's words when an update or a change set cannot begin now. */
export function refuseUnlessUpdatable(stack: PracticeStack): void {
  if (UPDATABLE.has(stack.status)) return;
  throw new StackRefusal(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

export function changesNothing(stack: PracticeStack, change: Omit<StackChange, 'token' | 'who'>): boolean {
  return (
    sameEntries(stack.parameters, change.parameters) &&
    (change.tags === null || sameEntries(stack.tags, change.tags)) &&
    (change.template === undefined || change.template === stack.template)
  );
}

function sameEntries(one: Record<string, string>, other: Record<string, string>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
