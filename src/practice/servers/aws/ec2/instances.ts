import { AMI, INSTANCE_TYPE } from '../../../world/stack-events.ts';
import type { PracticeInstance, WorldState } from '../../../world/state.ts';
import { AwsError, type QueryCall } from '../protocol.ts';
import type { QueryParams } from '../query.ts';
import { instanceTags } from '../tags.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { page } from './paging.ts';

/** Each instance is a reservation of its own, as Auto Scaling launches them. */
export function describeInstances({ world, input }: QueryCall): XmlFields {
  const { state } = world;
  const ids = input.strings('InstanceId');
  refuseUnknown(ids, state);
  const matches = input.list('Filter').map((filter) => instanceFilter(filter, state));
  const found = state.instances
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((instance) => matches.every((match) => match(instance)));
  const { items, next } = page(found, input, 1000, 5);
  return {
    reservationSet: items.map((instance) => ({
      reservationId: instance.id.replace('i-', 'r-'),
      ownerId: state.account,
      groupSet: [],
      instancesSet: [instanceFields(instance, state)],
      requesterId: '940372691376',
    })),
    nextToken: next,
  };
}

function refuseUnknown(ids: readonly string[], state: WorldState): void {
  const malformed = ids.find((id) => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) {
    throw new AwsError('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`);
  }
  const known = new Set(state.instances.map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length === 0) return;
  const [noun, verb] = missing.length === 1 ? ['ID', 'does'] : ['IDs', 'do'];
  throw new AwsError(
    'InvalidInstanceID.NotFound',
    `The instance ${noun} '${missing.join(', ')}' ${verb} not exist`,
  );
}

/** The filters of DescribeInstances that make sense here; `*` and `?` in values are wildcards. */
function instanceFilter(filter: QueryParams, state: WorldState): (instance: PracticeInstance) => boolean {
  const name = filter.text('Name') ?? '';
  const values = filter.strings('Value').map(wildcard);
  const any = (text: string) => values.some((pattern) => pattern.test(text));
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length);
    return (instance) => {
      const value = instanceTags(state, instance)[key];
      return value !== undefined && any(value);
    };
  }
  switch (name) {
    case 'tag-key':
      return (instance) => Object.keys(instanceTags(state, instance)).some(any);
    case 'instance-state-name':
      return (instance) => any(stateOf(instance).name);
    case 'instance-id':
      return (instance) => any(instance.id);
    case 'private-ip-address':
      return (instance) => any(instance.address);
    case 'availability-zone':
      return (instance) => any(instance.zone);
    default:
      throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
  }
}

function wildcard(value: string): RegExp {
  const literal = value.replace(/[\\^$.+()[\]{}|]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}

/** EC2's own states: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
function stateOf({ lifecycle }: PracticeInstance): { code: number; name: string } {
  if (lifecycle.startsWith('Pending')) return { code: 0, name: 'pending' };
  if (lifecycle.startsWith('Terminating')) return { code: 32, name: 'shutting-down' };
  return { code: 16, name: 'running' };
}

function instanceFields(instance: PracticeInstance, state: WorldState): XmlFields {
  const hostname = `ip-${instance.address.replaceAll('.', '-')}.${state.region}.compute.internal`;
  return {
    instanceId: instance.id,
    imageId: AMI,
    instanceState: stateOf(instance),
    privateDnsName: hostname,
    amiLaunchIndex: 0,
    productCodes: [],
    instanceType: INSTANCE_TYPE,
    launchTime: isoTime(instance.launchedAt),
    placement: { availabilityZone: instance.zone, groupName: '', tenancy: 'default' },
    monitoring: { state: 'enabled' },
    privateIpAddress: instance.address,
    groupSet: [],
    architecture: 'x86_64',
    rootDeviceType: 'ebs',
    rootDeviceName: '/dev/xvda',
    blockDeviceMapping: [],
    virtualizationType: 'hvm',
    tagSet: Object.entries(instanceTags(state, instance)).map(([key, value]) => ({ key, value })),
    hypervisor: 'xen',
    networkInterfaceSet: [],
    ebsOptimized: false,
    enaSupport: true,
  };
}
