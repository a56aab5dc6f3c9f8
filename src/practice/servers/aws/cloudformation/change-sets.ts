import { resourceOf } from '../../../world/stack-events.ts';
import { changesNothing } from '../../../world/stacks.ts';
import type { PracticeChangeSet, PracticeStack, WorldState } from '../../../world/state.ts';
import type { StepResource } from '../../../world/update-steps.ts';
import type { World } from '../../../world/world.ts';
import { pageOf } from '../paging.ts';
import { AwsError, type QueryCall, validationError } from '../protocol.ts';
import type { QueryParams } from '../query.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { invalidToken, stackNamed } from './find.ts';
import { REPLACED, resourcesOf } from './resources.ts';
import { descriptionOf, printedParameters, printedTags } from './stacks.ts';

export function describeChangeSet({ world, input }: QueryCall): XmlFields {
  const changeSet = changeSetNamed(world, input);
  const stack = stackNamed(world.state, changeSet.stackName);
  const changes = changeSet.status === 'CREATE_COMPLETE' ? changesOf(changeSet, stack, world.state) : [];
  const { items, next } = pageOf(changes, 100, input.text('NextToken'), invalidToken);
  return {
    ...summaryOf(changeSet, stack),
    Parameters: printedParameters(stack, changeSet.parameters),
    NotificationARNs: [],
    RollbackConfiguration: {},
    Capabilities: stack.capabilities,
    Tags: printedTags(changeSet.tags ?? stack.tags),
    Changes: items,
    NextToken: next,
  };
}

export function listChangeSets({ world, input }: QueryCall): XmlFields {
  const stack = stackNamed(world.state, input.text('StackName'));
  const own = world.state.changeSets.filter(({ stackName }) => stackName === stack.name);
  const { items, next } = pageOf(own, 100, input.text('NextToken'), invalidToken);
  return { Summaries: items.map((changeSet) => summaryOf(changeSet, stack)), NextToken: next };
}

/** One that does not exist is deleted without complaint, as long as its stack exists. */
export function deleteChangeSet({ world, input }: QueryCall): XmlFields {
  const { changeSets } = world.state;
  const wanted = input.text('ChangeSetName');
  if (wanted === null || !wanted.startsWith('arn:')) stackNamed(world.state, input.text('StackName'));
  const changeSet = findChangeSet(world.state, input);
  if (changeSet === undefined) return {};
  if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS') {
    throw new AwsError(
      'InvalidChangeSetStatus',
      `ChangeSet [${changeSet.id}] cannot be deleted in its current execution status of [${changeSet.executionStatus}]`,
    );
  }
  changeSets.splice(changeSets.indexOf(changeSet), 1);
  return {};
}

/** The change set that the input names; throws ChangeSetNotFound, or ValidationError for an unknown stack. */
export function changeSetNamed({ state }: World, input: QueryParams): PracticeChangeSet {
  const wanted = input.text('ChangeSetName');
  if (wanted === null || !wanted.startsWith('arn:')) {
    if (input.text('StackName') === null) {
      throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
    }
    stackNamed(state, input.text('StackName'));
  }
  const found = findChangeSet(state, input);
  if (found !== undefined) return found;
  throw new AwsError('ChangeSetNotFound', `ChangeSet [${wanted}] does not exist`, 404);
}

/** A change set was computed against its stack as it stood: any update since makes it worthless. */
export function executionStatusOf(changeSet: PracticeChangeSet, stack: PracticeStack): string {
  const { executionStatus, createdAt } = changeSet;
  if (executionStatus === 'AVAILABLE' && (stack.updatedAt ?? 0) > createdAt) return 'OBSOLETE';
  if (executionStatus !== 'EXECUTE_IN_PROGRESS' || stack.update !== null) return executionStatus;
  return stack.status === 'UPDATE_COMPLETE' ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
}

function findChangeSet(state: WorldState, input: QueryParams): PracticeChangeSet | undefined {
  const wanted = input.text('ChangeSetName');
  const stackName = input.text('StackName');
  return state.changeSets.find((changeSet) => {
    if (changeSet.id === wanted) return true;
    const stack = state.stacks.find(({ name }) => name === changeSet.stackName);
    return changeSet.name === wanted && (stack?.name === stackName || stack?.id === stackName);
  });
}

function summaryOf(changeSet: PracticeChangeSet, stack: PracticeStack): XmlFields {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    Description: descriptionOf(stack),
    CreationTime: isoTime(changeSet.createdAt),
    ExecutionStatus: executionStatusOf(changeSet, stack),
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    IncludeNestedStacks: false,
  };
}

/** What executing it replaces; a reference to something that is replaced is only known when it happens. */
function changesOf(changeSet: PracticeChangeSet, stack: PracticeStack, state: WorldState): XmlFields[] {
  if (changesNothing(stack, changeSet)) return [];
  const resources = resourcesOf(stack, state);
  return REPLACED.map((resource) => {
    const { logicalId, type } = resourceOf(stack, resource);
    const own = resource === 'launch' || resource === 'group';
    return {
      Type: 'Resource',
      ResourceChange: {
        Action: 'Modify',
        LogicalResourceId: logicalId,
        PhysicalResourceId: resources.find((known) => known.logicalId === logicalId)?.physicalId,
        ResourceType: type,
        Replacement: own ? 'True' : 'Conditional',
        Scope: own ? ['Properties', 'Tags'] : ['Properties'],
        Details: [own ? nameChange(resource) : groupReference()],
      },
    };
  });
}

function nameChange(resource: StepResource): XmlFields {
  return {
    Target: {
      Attribute: 'Properties',
      Name: resource === 'launch' ? 'LaunchTemplateName' : 'AutoScalingGroupName',
      RequiresRecreation: 'Always',
    },
    Evaluation: 'Static',
    ChangeSource: 'ParameterReference',
    CausingEntity: 'ImageTag',
  };
}

function groupReference(): XmlFields {
  return {
    Target: { Attribute: 'Properties', Name: 'AutoScalingGroupName', RequiresRecreation: 'Always' },
    Evaluation: 'Dynamic',
    ChangeSource: 'ResourceReference',
    CausingEntity: 'AutoScalingGroup',
  };
}
