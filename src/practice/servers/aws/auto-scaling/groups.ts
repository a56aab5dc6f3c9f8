import { balancerOf } from '../../../world/balancing.ts';
import { instancesOf } from '../../../world/fleet.ts';
import { ZONES } from '../../../world/machines.ts';
import { INSTANCE_TYPE } from '../../../world/stack-events.ts';
import type { PracticeGroup, PracticeInstance, WorldState } from '../../../world/state.ts';
import type { World } from '../../../world/world.ts';
import { targetGroupArn } from '../load-balancing/arn.ts';
import { type QueryCall, validationError } from '../protocol.ts';
import type { QueryParams } from '../query.ts';
import { groupTags } from '../tags.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { launchOf } from './launch.ts';
import { page } from './paging.ts';

export function describeAutoScalingGroups({ world, input }: QueryCall): XmlFields {
  const names = new Set(input.strings('AutoScalingGroupNames'));
  const matches = input.list('Filters').map((filter) => groupFilter(filter, world));
  const groups = world.state.groups
    .filter((group) => names.size === 0 || names.has(group.name))
    .filter((group) => matches.every((match) => match(group)));
  const { items, next } = page(groups, input);
  return { AutoScalingGroups: items.map((group) => groupFields(group, world)), NextToken: next };
}

export function groupArn(group: PracticeGroup, world: World): string {
  const { account, region } = world.state;
  return `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:${fakeUuid(group.name)}:autoScalingGroupName/${group.name}`;
}

/** Filters by tags: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Filter.html */
function groupFilter(filter: QueryParams, world: World): (group: PracticeGroup) => boolean {
  const name = filter.text('Name') ?? '';
  const values = new Set(filter.strings('Values'));
  const tags = (group: PracticeGroup) => Object.entries(groupTags(world.state, group));
  if (name === 'tag-key') return (group) => tags(group).some(([key]) => values.has(key));
  if (name === 'tag-value') return (group) => tags(group).some(([, value]) => values.has(value));
  if (name.startsWith('tag:')) {
    const wanted = name.slice('tag:'.length);
    return (group) => tags(group).some(([key, value]) => key === wanted && values.has(value));
  }
  throw validationError(
    `Filter type ${name} is not correct. Allowed Filter types are: tag-key tag-value tag:<key>`,
  );
}

function groupFields(group: PracticeGroup, world: World): XmlFields {
  const { state } = world;
  const launch = launchOf(group, state);
  const instances = instancesOf(state, group);
  const deleting =
    group.desired === 0 && instances.some(({ lifecycle }) => lifecycle.startsWith('Terminating'));
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: groupArn(group, world),
    ...launch,
    MinSize: deleting ? 0 : group.min,
    MaxSize: deleting ? 0 : group.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: 300,
    AvailabilityZones: ZONES,
    ...trafficFields(group, state),
    HealthCheckType: 'ELB',
    HealthCheckGracePeriod: 300,
    Instances: instances.map((instance) => memberFields(instance, launch)),
    CreatedTime: isoTime(group.createdAt),
    SuspendedProcesses: group.suspendedProcesses.map((ProcessName) => ({
      ProcessName,
      SuspensionReason: 'User suspended at the request of the user',
    })),
    VPCZoneIdentifier: `subnet-${group.environment}a,subnet-${group.environment}b,subnet-${group.environment}c`,
    EnabledMetrics: [],
    Status: deleting ? 'Delete in progress' : undefined,
    Tags: Object.entries(groupTags(state, group)).map(([Key, Value]) => ({
      ResourceId: group.name,
      ResourceType: 'auto-scaling-group',
      Key,
      Value,
      PropagateAtLaunch: true,
    })),
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: false,
    ServiceLinkedRoleARN: `arn:aws:iam::${state.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  };
}

/** A classic load balancer by its name, a target group by its ARN; both are told as traffic sources too. */
function trafficFields(group: PracticeGroup, state: WorldState): XmlFields {
  const balancer = balancerOf(state, group);
  const classic = balancer?.kind === 'classic' ? [balancer.name] : [];
  const arns = balancer?.kind === 'target_group' ? [targetGroupArn(state, balancer)] : [];
  return {
    LoadBalancerNames: classic,
    TargetGroupARNs: arns,
    TrafficSources: [
      ...classic.map((Identifier) => ({ Identifier, Type: 'elb' })),
      ...arns.map((Identifier) => ({ Identifier, Type: 'elbv2' })),
    ],
  };
}

function memberFields(instance: PracticeInstance, launch: XmlFields): XmlFields {
  return {
    InstanceId: instance.id,
    InstanceType: INSTANCE_TYPE,
    AvailabilityZone: instance.zone,
    LifecycleState: instance.lifecycle,
    HealthStatus: instance.health,
    ...launch,
    ProtectedFromScaleIn: false,
  };
}

/** A group's ARN holds a UUID; made from its name, so that it stays the same. */
function fakeUuid(name: string): string {
  const digits = Buffer.from(name.padEnd(16, '.')).subarray(-16).toString('hex');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
