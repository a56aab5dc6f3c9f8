import { AMI, INSTANCE_TYPE } from '../../../world/stack-events.ts';
import type { QueryCall } from '../protocol.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { page } from './paging.ts';

/** Launch configurations share a list with launch templates in the world; their id is their name. */
export function describeLaunchConfigurations({ world, input }: QueryCall): XmlFields {
  const { launchTemplates, account, region } = world.state;
  const names = new Set(input.strings('LaunchConfigurationNames'));
  const found = launchTemplates.filter(
    ({ id, name }) => id === name && (names.size === 0 || names.has(name)),
  );
  const { items, next } = page(found, input);
  return {
    LaunchConfigurations: items.map(({ name, userData, createdAt }) => ({
      LaunchConfigurationName: name,
      LaunchConfigurationARN: `arn:aws:autoscaling:${region}:${account}:launchConfiguration:00000000-0000-4000-a000-000000000000:launchConfigurationName/${name}`,
      ImageId: AMI,
      KeyName: '',
      SecurityGroups: [],
      ClassicLinkVPCSecurityGroups: [],
      UserData: userData,
      InstanceType: INSTANCE_TYPE,
      KernelId: '',
      RamdiskId: '',
      BlockDeviceMappings: [],
      InstanceMonitoring: { Enabled: true },
      CreatedTime: isoTime(createdAt),
      EbsOptimized: false,
    })),
    NextToken: next,
  };
}
