import { AwsError, type QueryCall } from '../protocol.ts';
import type { XmlFields } from '../xml.ts';
import { changeSetNamed, executionStatusOf } from './change-sets.ts';
import { refusable, stackNamed } from './find.ts';

/**
 * Begins the update and deletes the stack's other change sets, which "are no longer valid for the updated stack"
 * (API reference of ExecuteChangeSet).
 */
export function executeChangeSet({ world, input, caller }: QueryCall): XmlFields {
  const { changeSets } = world.state;
  const changeSet = changeSetNamed(world, input);
  const stack = stackNamed(world.state, changeSet.stackName);
  if (changeSet.status !== 'CREATE_COMPLETE') {
    throw invalidStatus(
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
    );
  }
  const execution = executionStatusOf(changeSet, stack);
  if (execution !== 'AVAILABLE') {
    throw invalidStatus(
      `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${execution}]`,
    );
  }
  const { parameters, tags, template } = changeSet;
  const token = input.text('ClientRequestToken');
  const change = { parameters, tags, token, who: caller.name };
  refusable(() => world.stacks.update(stack, template === undefined ? change : { ...change, template }));
  changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
  const kept = changeSets.filter((other) => other === changeSet || other.stackName !== stack.name);
  changeSets.splice(0, changeSets.length, ...kept);
  return {};
}

function invalidStatus(message: string): AwsError {
  return new AwsError('InvalidChangeSetStatus', message);
}
