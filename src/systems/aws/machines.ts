import {
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
  type Instance,
} from '@aws-sdk/client-ec2';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { chunks } from '../parallel.ts';
import { read } from './call.ts';
import type { AwsClients } from './clients.ts';
import { allPages } from './paged.ts';
import { tagValue, VERSION_TAG } from './tags.ts';

export interface Machine {
  /** Private address. */
  readonly address: SafeText | null;
  readonly launchedAt: number | null;
  readonly version: SafeText | null;
}

/** Values that one filter takes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const FILTER_VALUES = 200;

/** By instance id. Asked by filter: a named id that is gone already would fail the whole call. */
export async function machinesOf(
  clients: AwsClients,
  environment: string,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Machine>> {
  const client = clients.client(environment, 'watch', EC2Client);
  const machines = new Map<string, Machine>();
  for (const values of chunks(ids, FILTER_VALUES)) {
    const found = await allPages<Instance>('ec2:DescribeInstances', async (token) => {
      const answer = await read('ec2:DescribeInstances', signal, (options) =>
        client.send(
          new DescribeInstancesCommand({
            Filters: [{ Name: 'instance-id', Values: values }],
            ...(token === undefined ? {} : { NextToken: token }),
          }),
          options,
        ),
      );
      const items = (answer.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []);
      return { items, next: answer.NextToken };
    });
    for (const instance of found) {
      if (instance.InstanceId === undefined) continue;
      machines.set(instance.InstanceId, {
        address: instance.PrivateIpAddress === undefined ? null : safeText(instance.PrivateIpAddress),
        launchedAt: instance.LaunchTime?.getTime() ?? null,
        version: tagValue(instance.Tags, VERSION_TAG),
      });
    }
  }
  return machines;
}

/** User data (base64) of one version of a launch template; null: it has none. */
export async function launchTemplateUserData(
  clients: AwsClients,
  environment: string,
  template: { readonly id: string; readonly version: string },
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const client = clients.client(environment, 'watch', EC2Client);
  const answer = await read('ec2:DescribeLaunchTemplateVersions', signal, (options) =>
    client.send(
      new DescribeLaunchTemplateVersionsCommand({
        LaunchTemplateId: template.id,
        Versions: [template.version],
      }),
      options,
    ),
  );
  return answer.LaunchTemplateVersions?.[0]?.LaunchTemplateData?.UserData ?? null;
}
