import type { AutoScalingGroup, Instance as VendorInstance } from '@aws-sdk/client-auto-scaling';
import type { Service } from '../../model/catalog.ts';
import type { Group, Instance, InstanceHealth } from '../../model/fleet.ts';
import type { Fleet } from '../../model/ports/index.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { readActivities } from './activities.ts';
import { balancersOf } from './balancers.ts';
import { type AwsClients, awsClients } from './clients.ts';
import { LaunchUserData, launchKey, launchSourceOf } from './launch.ts';
import type { Machine } from './machines.ts';
import { groupsOfStacks, serviceOf, servicesByStack } from './stack-groups.ts';
import { stackParameters } from './stacks.ts';
import { tagValue, VERSION_TAG } from './tags.ts';
import type { TargetHealth } from './target-health.ts';
import { versionInUserData } from './user-data.ts';

export function openFleet(deps: AdapterDeps): Fleet {
  const clients = awsClients(deps);
  const launches = new LaunchUserData(clients);
  let traffic: Promise<TargetHealth> | undefined;
  return {
    async traffic(environment, groups, signal) {
      if (groups.every(({ front }) => front.balancers.length === 0)) return groups;
      traffic ??= import('./target-health.ts').then((module) => new module.TargetHealth(clients));
      return (await traffic).of(environment, groups, signal);
    },

    activities: (environment, groups, since, signal) =>
      readActivities(clients, environment, groups, since, signal),

    async health(environment, services, signal) {
      const byStack = servicesByStack(environment, services);
      if (byStack.size === 0) return [];
      const groups = await groupsOfStacks(clients, environment, [...byStack.keys()], signal);
      return groups.flatMap((group) => healthIn(group, serviceOf(group, byStack)));
    },

    async groups(environment, services, signal) {
      const byStack = servicesByStack(environment, services);
      const stacks = [...byStack.keys()];
      if (stacks.length === 0) return [];
      const [groups, parameters] = await Promise.all([
        groupsOfStacks(clients, environment, stacks, signal),
        stackParameters(clients, environment, stacks, signal),
      ]);
      const sources = groups.flatMap((group) => launchSourceOf(group) ?? []);
      const [userData, machines] = await Promise.all([
        launches.of(environment, sources, signal),
        machinesIn(clients, environment, groups, signal),
      ]);
      return groups.flatMap((group): Group[] => {
        const service = serviceOf(group, byStack);
        if (service === undefined) return [];
        const stack = service.in[environment]?.stack ?? '';
        const source = launchSourceOf(group);
        const parameter = parameters
          .get(stack)
          ?.find(({ ParameterKey }) => ParameterKey === service.in[environment]?.imageParameter);
        return [
          groupOf(group, service, environment, machines, {
            parameter: parameter?.ParameterValue === undefined ? null : safeText(parameter.ParameterValue),
            launch:
              source === null ? null : versionInUserData(userData.get(launchKey(source)), service.image),
          }),
        ];
      });
    },
  };
}

function healthIn(group: AutoScalingGroup, service: Service | undefined): InstanceHealth[] {
  if (service === undefined) return [];
  return (group.Instances ?? []).map((instance) => ({
    service: service.name,
    zone: safeText(instance.AvailabilityZone),
    lifecycle: safeText(instance.LifecycleState),
    health: safeText(instance.HealthStatus),
  }));
}

async function machinesIn(
  clients: AwsClients,
  environment: string,
  groups: readonly AutoScalingGroup[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Machine>> {
  const ids = groups.flatMap(({ Instances }) =>
    (Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []),
  );
  if (ids.length === 0) return new Map();
  const { machinesOf } = await import('./machines.ts');
  return machinesOf(clients, environment, ids, signal);
}

function groupOf(
  group: AutoScalingGroup,
  service: Service,
  environment: string,
  machines: ReadonlyMap<string, Machine>,
  versions: { readonly parameter: SafeText | null; readonly launch: SafeText | null },
): Group {
  const instances = group.Instances ?? [];
  return {
    name: safeText(group.AutoScalingGroupName),
    service: service.name,
    environment,
    createdAt: group.CreatedTime?.getTime() ?? 0,
    desired: group.DesiredCapacity ?? instances.length,
    min: group.MinSize ?? 0,
    max: group.MaxSize ?? instances.length,
    suspendedProcesses: (group.SuspendedProcesses ?? []).map(({ ProcessName }) => safeText(ProcessName)),
    versions: { ...versions, tag: tagOf(group, machines), running: [] },
    front: { balancers: balancersOf(group), unread: null },
    instances: instances.map((instance) => instanceOf(instance, machines.get(instance.InstanceId ?? ''))),
  };
}

/** What the instances' tags say, all of it where they disagree; the group's own tag where it has no instance. */
function tagOf(group: AutoScalingGroup, machines: ReadonlyMap<string, Machine>): SafeText | null {
  const told = (group.Instances ?? []).flatMap(
    ({ InstanceId }) => machines.get(InstanceId ?? '')?.version ?? [],
  );
  const versions = [...new Set(told)].sort();
  return versions.length === 0 ? tagValue(group.Tags, VERSION_TAG) : safeText(versions.join(', '));
}

function instanceOf(instance: VendorInstance, machine: Machine | undefined): Instance {
  return {
    id: safeText(instance.InstanceId),
    zone: safeText(instance.AvailabilityZone),
    address: machine?.address ?? null,
    lifecycle: safeText(instance.LifecycleState),
    health: safeText(instance.HealthStatus),
    launchedAt: machine?.launchedAt ?? null,
    traffic: null,
    containers: null,
    containersError: null,
  };
}
