import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Balancer } from '../../model/fleet.ts';
import { safeText } from '../../model/safe-text.ts';

/**
 * What is attached to a group, in the old way (`AttachLoadBalancerTargetGroups`, `AttachLoadBalancers`) or as a
 * traffic source, each once. A target group's name is a part of its ARN (`…:targetgroup/NAME/ID`), so nothing more is
 * asked for it. VPC Lattice has an API of its own and is left out.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TrafficSourceIdentifier.html
 */
export function balancersOf(group: AutoScalingGroup): readonly Balancer[] {
  const sources = (type: string) =>
    (group.TrafficSources ?? []).flatMap(({ Type, Identifier }) => (Type === type ? (Identifier ?? []) : []));
  const arns = new Set([...(group.TargetGroupARNs ?? []), ...sources('elbv2')]);
  const names = new Set([...(group.LoadBalancerNames ?? []), ...sources('elb')]);
  return [
    ...[...arns].map((arn): Balancer => {
      const name = /:targetgroup\/([^/]+)\//.exec(arn)?.[1] ?? arn;
      return { kind: 'target_group', id: safeText(arn), name: safeText(name), inUse: true };
    }),
    ...[...names].map((name): Balancer => {
      return { kind: 'classic', id: safeText(name), name: safeText(name), inUse: true };
    }),
  ];
}
