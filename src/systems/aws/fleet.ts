import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  type Instance as VendorInstance,
} from '@aws-sdk/client-auto-scaling';
import type { Service } from '../../model/catalog.ts';
import type { Group, Instance } from '../../model/fleet.ts';
import type { Fleet } from '../../model/ports/index.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { chunks } from '../parallel.ts';
import { readActivities } from './activities.ts';
import { balancersOf } from './balancers.ts';
import { read } from './call.ts';
import { type AwsClients, awsClients } from './clients.ts';
import { LaunchUserData, launchKey, launchSourceOf } from './launch.ts';
import type { Machine } from './machines.ts';
import { stackParameters } from './stacks.ts';
import { STACK_NAME_TAG, tagValue, VERSION_TAG } from './tags.ts';
import type { TargetHealth } from './target-health.ts';
import { versionInUserData } from './user-data.ts';

/** The most groups on a page: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html */
const PAGE = 100;
/** Stacks in one filter; Auto Scaling has one bucket of requests for the whole account. */
const STACKS_A_CALL = 100;

/**
 * Groups found by the tag that CloudFormation puts on what it makes: a service's stack is in the config, the names of
 * its groups change with every deploy.
 */
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

    async groups(environment, services, signal) {
      const byStack = new Map(
        services.flatMap((service) => {
          const stack = service.in[environment]?.stack;
          return stack === undefined ? [] : [[stack, service] as const];
        }),
      );
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
        const stack = group.Tags?.find(({ Key }) => Key === STACK_NAME_TAG)?.Value ?? '';
        const service = byStack.get(stack);
        if (service === undefined) return [];
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

async function groupsOfStacks(
  clients: AwsClients,
  environment: string,
  stacks: readonly string[],
  signal: AbortSignal | undefined,
): Promise<AutoScalingGroup[]> {
  const client = clients.client(environment, 'watch', AutoScalingClient);
  const groups = new Map<string, AutoScalingGroup>();
  for (const values of chunks(stacks, STACKS_A_CALL)) {
    let token: string | undefined;
    do {
      const answer = await read('autoscaling:DescribeAutoScalingGroups', signal, (options) =>
        client.send(
          new DescribeAutoScalingGroupsCommand({
            Filters: [{ Name: `tag:${STACK_NAME_TAG}`, Values: values }],
            MaxRecords: PAGE,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
          options,
        ),
      );
      for (const group of answer.AutoScalingGroups ?? []) groups.set(group.AutoScalingGroupName ?? '', group);
      token = answer.NextToken;
    } while (token !== undefined && token !== '');
  }
  return [...groups.values()];
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
