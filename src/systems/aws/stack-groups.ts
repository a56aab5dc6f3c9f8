import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import type { Service } from '../../model/catalog.ts';
import { chunks } from '../parallel.ts';
import { read } from './call.ts';
import type { AwsClients } from './clients.ts';
import { allPages } from './paged.ts';
import { STACK_NAME_TAG } from './tags.ts';

const PERMISSION = 'autoscaling:DescribeAutoScalingGroups';
/** The most groups on a page: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html */
const PAGE = 100;
/** Stacks in one filter; Auto Scaling has one bucket of requests for the whole account. */
const STACKS_A_CALL = 100;

/** By the name of their stack. */
export function servicesByStack(
  environment: string,
  services: readonly Service[],
): ReadonlyMap<string, Service> {
  return new Map(
    services.flatMap((service) => {
      const stack = service.in[environment]?.stack;
      return stack === undefined ? [] : [[stack, service] as const];
    }),
  );
}

/** The service whose stack made that group. */
export function serviceOf(
  { Tags: tags }: AutoScalingGroup,
  byStack: ReadonlyMap<string, Service>,
): Service | undefined {
  return byStack.get(tags?.find(({ Key }) => Key === STACK_NAME_TAG)?.Value ?? '');
}

/**
 * Groups found by the tag that CloudFormation puts on what it makes: a service's stack is in the config, the names of
 * its groups change with every deploy.
 */
export async function groupsOfStacks(
  clients: AwsClients,
  environment: string,
  stacks: readonly string[],
  signal: AbortSignal | undefined,
): Promise<AutoScalingGroup[]> {
  const client = clients.client(environment, 'watch', AutoScalingClient);
  const groups = new Map<string, AutoScalingGroup>();
  for (const values of chunks(stacks, STACKS_A_CALL)) {
    const found = await allPages<AutoScalingGroup>(PERMISSION, async (token) => {
      const answer = await read(PERMISSION, signal, (options) =>
        client.send(
          new DescribeAutoScalingGroupsCommand({
            Filters: [{ Name: `tag:${STACK_NAME_TAG}`, Values: values }],
            MaxRecords: PAGE,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
          options,
        ),
      );
      return { items: answer.AutoScalingGroups ?? [], next: answer.NextToken };
    });
    for (const group of found) groups.set(group.AutoScalingGroupName ?? '', group);
  }
  return [...groups.values()];
}
