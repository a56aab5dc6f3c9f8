import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach } from 'vitest';
import { Host } from '../../../src/practice/host.ts';
import { PRACTICE_KEY } from '../../../src/practice/servers/aws/credentials.ts';
import { awsServer } from '../../../src/practice/servers/aws/index.ts';
import type { ThrottleOptions } from '../../../src/practice/servers/aws/throttle.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import { openStacks, type StackFaults } from '../../../src/practice/world/stacks.ts';
import type { PracticeStack } from '../../../src/practice/world/state.ts';
import type { World } from '../../../src/practice/world/world.ts';

export interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface PracticeAws {
  readonly world: World;
  readonly url: string;
  readonly autoScaling: AutoScalingClient;
  readonly cloudFormation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly ecr: ECRClient;
  readonly logs: CloudWatchLogsClient;
  readonly sts: STSClient;
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A world of its own whose AWS answers the SDK's own clients; ends with the test. */
export async function practiceAws(
  options: { readonly throttle?: ThrottleOptions; readonly faults?: StackFaults; readonly key?: Key } = {},
): Promise<PracticeAws> {
  const created = createWorld({ scenario: 'bad-deploy', seed: 1, speed: 1 });
  const world: World =
    options.faults === undefined ? created : { ...created, stacks: openStacks(created, options.faults) };
  const host = new Host(world);
  const { url } = await host.serve(awsServer(options.throttle));
  const settings = clientSettings(url, options.key ?? PRACTICE_KEY);
  const autoScaling = new AutoScalingClient(settings);
  const cloudFormation = new CloudFormationClient(settings);
  const ec2 = new EC2Client(settings);
  const ecr = new ECRClient(settings);
  const logs = new CloudWatchLogsClient(settings);
  const sts = new STSClient(settings);
  closers.push(async () => {
    for (const client of [autoScaling, cloudFormation, ec2, ecr, logs, sts]) client.destroy();
    await host.close();
    world.stop();
  });
  return { world, url, autoScaling, cloudFormation, ec2, ecr, logs, sts };
}

export function clientSettings(endpoint: string, { accessKeyId, secretAccessKey, sessionToken }: Key) {
  const credentials = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  return { region: 'eu-west-1', endpoint, credentials, maxAttempts: 1 };
}

export function stackIn(world: World, name: string): PracticeStack {
  const stack = world.state.stacks.find((candidate) => candidate.name === name);
  if (stack === undefined) throw new Error(`No stack ${name}`);
  return stack;
}

/** What the SDK throws, as name, HTTP status and message. */
export async function refusal(
  sent: Promise<unknown>,
): Promise<{ name: string; status: number | undefined; message: string }> {
  try {
    await sent;
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    const metadata = '$metadata' in thrown ? thrown.$metadata : {};
    const { httpStatusCode } = metadata as { httpStatusCode?: number };
    return { name: thrown.name, status: httpStatusCode, message: thrown.message };
  }
  throw new Error('It was not refused');
}
