import { uuid } from '../../../world/stack-events.ts';
import { changesNothing, refuseUnlessUpdatable } from '../../../world/stacks.ts';
import type { PracticeChangeSet } from '../../../world/state.ts';
import { AwsError, type QueryCall, validationError } from '../protocol.ts';
import type { XmlFields } from '../xml.ts';
import { refusable, stackNamed } from './find.ts';
import { wishOf } from './wish.ts';

/** CloudFormation works a change set out in the background; world milliseconds. */
const BEGINS_AFTER = 300;
const READY_AFTER = 900;

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export function createChangeSet({ world, input }: QueryCall): XmlFields {
  const { state } = world;
  const name = input.text('ChangeSetName') ?? '';
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  const type = input.text('ChangeSetType') ?? 'UPDATE';
  if (type !== 'UPDATE')
    throw validationError(`ChangeSetType ${type} is not supported for an existing stack`);
  const stack = stackNamed(state, input.text('StackName'));
  if (state.changeSets.some((known) => known.stackName === stack.name && known.name === name)) {
    throw new AwsError(
      'AlreadyExistsException',
      `ChangeSet ${name} cannot be created due to a mismatch with existing attribute Name`,
    );
  }
  refusable(() => refuseUnlessUpdatable(stack));
  const createdAt = world.now();
  const random = world.random(`change set ${stack.name} ${name} ${createdAt}`);
  const changeSet: PracticeChangeSet = {
    id: `arn:aws:cloudformation:${state.region}:${state.account}:changeSet/${name}/${uuid(random)}`,
    name,
    stackName: stack.name,
    createdAt,
    status: 'CREATE_PENDING',
    statusReason: null,
    executionStatus: 'UNAVAILABLE',
    ...wishOf(stack, input),
  };
  state.changeSets.push(changeSet);
  world.at(createdAt + BEGINS_AFTER, () => {
    changeSet.status = 'CREATE_IN_PROGRESS';
  });
  world.at(createdAt + READY_AFTER, () => {
    if (changesNothing(stack, changeSet)) {
      changeSet.status = 'FAILED';
      changeSet.statusReason = NO_CHANGES;
      return;
    }
    changeSet.status = 'CREATE_COMPLETE';
    changeSet.executionStatus = 'AVAILABLE';
  });
  return { Id: changeSet.id, StackId: stack.id };
}
