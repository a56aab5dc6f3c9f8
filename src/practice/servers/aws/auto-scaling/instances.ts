import { INSTANCE_TYPE } from '../../../world/stack-events.ts';
import type { QueryCall } from '../protocol.ts';
import type { XmlFields } from '../xml.ts';
import { launchOf } from './launch.ts';
import { page } from './paging.ts';

/** Unknown ids are left out of the answer, not refused. */
export function describeAutoScalingInstances({ world, input }: QueryCall): XmlFields {
  const { state } = world;
  const ids = new Set(input.strings('InstanceIds'));
  const found = state.instances.filter(({ id }) => ids.size === 0 || ids.has(id));
  const { items, next } = page(found, input, 50, 50);
  return {
    AutoScalingInstances: items.map((instance) => {
      const group = state.groups.find(({ name }) => name === instance.group);
      return {
        InstanceId: instance.id,
        InstanceType: INSTANCE_TYPE,
        AutoScalingGroupName: instance.group,
        AvailabilityZone: instance.zone,
        LifecycleState: instance.lifecycle,
        // Upper case here, unlike in DescribeAutoScalingGroups.
        HealthStatus: instance.health.toUpperCase(),
        ...(group ? launchOf(group, state) : {}),
        ProtectedFromScaleIn: false,
      };
    }),
    NextToken: next,
  };
}
