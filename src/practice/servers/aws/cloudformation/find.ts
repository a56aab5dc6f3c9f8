import { StackRefusal } from '../../../world/stacks.ts';
import type { PracticeStack, WorldState } from '../../../world/state.ts';
import { type AwsError, validationError } from '../protocol.ts';

/**
 * The stack of that name or id.
 * @param wording CloudFormation says the same in two ways, by operation
 */
export function stackNamed(
  state: WorldState,
  nameOrId: string | null,
  wording: 'with id' | 'brackets' = 'brackets',
): PracticeStack {
  if (nameOrId === null || nameOrId === '') {
    throw validationError(
      "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null",
    );
  }
  const stack = state.stacks.find(({ name, id }) => name === nameOrId || id === nameOrId);
  if (stack !== undefined) return stack;
  throw validationError(
    wording === 'with id' ? `Stack with id ${nameOrId} does not exist` : `Stack [${nameOrId}] does not exist`,
  );
}

export function invalidToken(): AwsError {
  return validationError('The specified NextToken is invalid');
}

/** Asks the world's engine for something; what it refuses, CloudFormation answers as ValidationError. */
export function refusable<T>(what: () => T): T {
  try {
    return what();
  } catch (thrown) {
    if (thrown instanceof StackRefusal) throw validationError(thrown.message);
    throw thrown;
  }
}
