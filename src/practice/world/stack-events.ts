/** Events of a stack as DescribeStackEvents prints them, from the steps of an update. */
import type { Instant } from '../../model/instant.ts';
import { usesLaunchConfiguration } from './machines.ts';
import type { PracticeGroup, PracticeLaunchTemplate, PracticeStack, PracticeStackEvent } from './state.ts';
import type { StepEvent, StepResource } from './update-steps.ts';
import type { Random } from './world.ts';

/** What one version of a stack is made of. */
export interface Generation {
  readonly launchTemplate: PracticeLaunchTemplate;
  readonly group: PracticeGroup;
}

export interface EventSource {
  readonly stack: Pick<PracticeStack, 'name' | 'id' | 'service'>;
  readonly token: string | null;
  readonly made: Generation;
  /** null: not known any more. */
  readonly replaced: Generation | null;
  /** Ids of the new group's instances, in the order of their launch. */
  readonly instances: readonly string[];
}

export const AMI = 'ami-0c1c30571d2dae5c9';
export const INSTANCE_TYPE = 'm7i.large';

/** Logical id and type of a resource in the template of that service's stack. */
export function resourceOf(
  stack: Pick<PracticeStack, 'name' | 'service'>,
  resource: StepResource,
): { readonly logicalId: string; readonly type: string } {
  switch (resource) {
    case 'stack':
      return { logicalId: stack.name, type: 'AWS::CloudFormation::Stack' };
    case 'launch':
      return usesLaunchConfiguration(stack.service)
        ? { logicalId: 'LaunchConfiguration', type: 'AWS::AutoScaling::LaunchConfiguration' }
        : { logicalId: 'LaunchTemplate', type: 'AWS::EC2::LaunchTemplate' };
    case 'group':
      return { logicalId: 'AutoScalingGroup', type: 'AWS::AutoScaling::AutoScalingGroup' };
    case 'scale-up':
      return { logicalId: 'ScaleUpMorning', type: 'AWS::AutoScaling::ScheduledAction' };
    case 'scale-down':
      return { logicalId: 'ScaleDownNight', type: 'AWS::AutoScaling::ScheduledAction' };
  }
}

/** Physical id of a resource; scheduled actions are named after their group. */
export function physicalIdOf(
  stack: Pick<PracticeStack, 'id'>,
  resource: StepResource,
  generation: Generation | null,
): string {
  if (resource === 'stack') return stack.id;
  if (generation === null) return '';
  if (resource === 'launch') return generation.launchTemplate.id;
  if (resource === 'group') return generation.group.name;
  return `${generation.group.name}-${resource}`;
}

/** Makes events of one update; the JSON of properties is made once per resource, however many events carry it. */
export function eventMaker(
  source: EventSource,
  random: Random,
): (event: StepEvent, at: Instant) => PracticeStackEvent {
  const properties = new Map<string, string | null>();
  return ({ resource, which, status, reason }, at) => {
    const { logicalId, type } = resourceOf(source.stack, resource);
    const physical = which === 'new' ? source.made : source.replaced;
    // While its replacement is being made, the old physical id already carries the new properties.
    const described = status.startsWith('UPDATE_IN') ? source.made : physical;
    const key = `${resource} ${described?.group.name}`;
    if (!properties.has(key)) properties.set(key, propertiesOf(resource, described));
    return {
      id: resource === 'stack' ? uuid(random) : `${logicalId}-${status}-${new Date(at).toISOString()}`,
      at,
      logicalId,
      physicalId: physicalIdOf(source.stack, resource, physical),
      type,
      status,
      reason:
        typeof reason === 'number'
          ? `Received SUCCESS signal with UniqueId ${source.instances[reason]}`
          : reason,
      token: source.token,
      properties: properties.get(key) ?? null,
    };
  };
}

export function uuid(random: Random): string {
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
}

function propertiesOf(resource: StepResource, generation: Generation | null): string | null {
  if (generation === null || resource === 'stack') return null;
  const { launchTemplate, group } = generation;
  if (resource === 'launch') return JSON.stringify(launchProperties(launchTemplate, group));
  if (resource === 'group') return JSON.stringify(groupProperties(launchTemplate, group));
  return JSON.stringify({
    AutoScalingGroupName: group.name,
    DesiredCapacity: String(resource === 'scale-up' ? group.desired : group.min),
    Recurrence: resource === 'scale-up' ? '0 6 * * 1-5' : '0 22 * * 1-5',
  });
}

function launchProperties(launch: PracticeLaunchTemplate, group: PracticeGroup): unknown {
  const machine = { ImageId: AMI, InstanceType: INSTANCE_TYPE, UserData: launch.userData };
  if (usesLaunchConfiguration(group.service)) return machine;
  const tags = Object.entries(group.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    LaunchTemplateName: launch.name,
    LaunchTemplateData: { ...machine, TagSpecifications: [{ ResourceType: 'instance', Tags: tags }] },
  };
}

function groupProperties(launch: PracticeLaunchTemplate, group: PracticeGroup): unknown {
  return {
    AutoScalingGroupName: group.name,
    ...(usesLaunchConfiguration(group.service)
      ? { LaunchConfigurationName: launch.name }
      : { LaunchTemplate: { LaunchTemplateId: launch.id, Version: '1' } }),
    MinSize: String(group.min),
    MaxSize: String(group.max),
    DesiredCapacity: String(group.desired),
    Tags: Object.entries(group.tags).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: 'true' })),
  };
}
