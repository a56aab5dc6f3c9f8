import { physicalIdOf, resourceOf } from '../../../world/stack-events.ts';
import type { PracticeStack, WorldState } from '../../../world/state.ts';
import type { StepResource } from '../../../world/update-steps.ts';
import { pageOf } from '../paging.ts';
import { type QueryCall, validationError } from '../protocol.ts';
import { currentGroup } from '../tags.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { invalidToken, stackNamed } from './find.ts';

/** What a deploy replaces, in the order in which the template makes it. */
export const REPLACED: readonly StepResource[] = ['launch', 'group', 'scale-up', 'scale-down'];

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly changedAt: number;
}

export function describeStackResources({ world, input }: QueryCall): XmlFields {
  const stack = stackNamed(world.state, input.text('StackName'), 'with id');
  const logicalId = input.text('LogicalResourceId');
  const found = resourcesOf(stack, world.state).filter(
    (resource) => logicalId === null || resource.logicalId === logicalId,
  );
  if (found.length === 0) {
    throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
  }
  return {
    StackResources: found.map((resource) => ({
      StackName: stack.name,
      StackId: stack.id,
      ...common(resource),
      Timestamp: isoTime(resource.changedAt),
    })),
  };
}

export function listStackResources({ world, input }: QueryCall): XmlFields {
  const stack = stackNamed(world.state, input.text('StackName'), 'with id');
  const { items, next } = pageOf(resourcesOf(stack, world.state), 100, input.text('NextToken'), invalidToken);
  return {
    StackResourceSummaries: items.map((resource) => ({
      ...common(resource),
      LastUpdatedTimestamp: isoTime(resource.changedAt),
    })),
    NextToken: next,
  };
}

/** Resources as they stand; their status is that of the last event that did not tell of a clean-up. */
export function resourcesOf(stack: PracticeStack, state: WorldState): StackResource[] {
  const group = currentGroup(state, stack);
  const launchTemplate = state.launchTemplates.find(({ id }) => id === group?.launchTemplate);
  const generation = group && launchTemplate ? { group, launchTemplate } : null;
  const role: StackResource = {
    logicalId: 'InstanceRole',
    physicalId: `${stack.name}-InstanceRole-${stack.id.slice(-12).toUpperCase()}`,
    type: 'AWS::IAM::Role',
    status: 'CREATE_COMPLETE',
    changedAt: stack.createdAt,
  };
  const replaced = REPLACED.map((resource): StackResource => {
    const { logicalId, type } = resourceOf(stack, resource);
    const last = stack.events.findLast(
      (event) => event.logicalId === logicalId && !event.status.startsWith('DELETE_'),
    );
    return {
      logicalId,
      physicalId: physicalIdOf(stack, resource, generation),
      type,
      status: last?.status ?? 'CREATE_COMPLETE',
      changedAt: last?.at ?? stack.createdAt,
    };
  });
  return [role, ...replaced];
}

function common({ logicalId, physicalId, type, status }: StackResource): XmlFields {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ResourceStatus: status,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}
