import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  ElasticLoadBalancingClient as ClassicClient,
  DescribeInstanceHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Balancer } from '../../model/fleet.ts';
import { balancersOf } from './balancers.ts';
import type { Ask, Permission } from './permissions.ts';
import { STACK_NAME_TAG } from './tags.ts';

/** A balancer's health is asked about a real one, of the stack's group; null: it has none of that kind, or it is not seen. */
async function balancerOf(
  stack: string,
  kind: Balancer['kind'],
  { of, options }: Ask,
): Promise<string | null> {
  const filter = { Name: `tag:${STACK_NAME_TAG}`, Values: [stack] };
  const command = new DescribeAutoScalingGroupsCommand({ Filters: [filter], MaxRecords: 1 });
  // That this is not allowed is told by the permission of its own.
  const answer = await of(AutoScalingClient)
    .send(command, options)
    .catch(() => null);
  const balancers = (answer?.AutoScalingGroups ?? []).flatMap(balancersOf);
  return balancers.find((balancer) => balancer.kind === kind)?.id ?? null;
}

function aboutBalancer(
  kind: Balancer['kind'],
  call: (id: string, ask: Ask) => Promise<void>,
): Permission['call'] {
  return ({ stack }) => {
    if (stack === null) return null;
    return async (ask) => {
      const id = await balancerOf(stack, kind, ask);
      if (id !== null) await call(id, ask);
    };
  };
}

export const BALANCER_PERMISSIONS: readonly Permission[] = [
  {
    action: 'elasticloadbalancing:DescribeTargetHealth',
    call: aboutBalancer('target_group', async (TargetGroupArn, ask) => {
      const command = new DescribeTargetHealthCommand({ TargetGroupArn });
      await ask.of(ElasticLoadBalancingV2Client).send(command, ask.options);
    }),
  },
  {
    action: 'elasticloadbalancing:DescribeInstanceHealth',
    call: aboutBalancer('classic', async (LoadBalancerName, ask) => {
      const command = new DescribeInstanceHealthCommand({ LoadBalancerName });
      await ask.of(ClassicClient).send(command, ask.options);
    }),
  },
];
