import {
  ElasticLoadBalancingClient as ClassicClient,
  DescribeInstanceHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { toFailure } from '../../model/failure.ts';
import type { Balancer, Group, Unread } from '../../model/fleet.ts';
import { MINUTE } from '../../model/instant.ts';
import { ownText, safeText } from '../../model/safe-text.ts';
import { inParallel } from '../parallel.ts';
import { isLasting, read } from './call.ts';
import type { AwsClients } from './clients.ts';
import { type Targets, targetsOfClassic, targetsOfGroup, trafficOf } from './targets.ts';

const AT_ONCE = 4;
/** Balancers that are asked in one reading; a group may have 10 target groups, and two groups of a service share them. */
const MOST = 20;
/** A role that may not ask is not made to ask again at every look: each refusal stands in somebody's audit log. */
const REFUSED_FOR_MS = 10 * MINUTE;

type Answer =
  | { readonly kind: 'told'; readonly targets: Targets }
  | { readonly kind: 'unread'; readonly unread: Unread };

/**
 * What load balancers think of instances. DescribeTargetHealth takes one target group and DescribeInstanceHealth one
 * classic load balancer; neither has a batch form, and neither pages: each answers with all of its targets. So they
 * are asked for the groups of the service that somebody looks at or rolls back, never for all services: one call for
 * each balancer, every 15 s while it is looked at.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
 * https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeInstanceHealth.html
 */
export class TargetHealth {
  readonly #clients: AwsClients;
  readonly #refused = new Map<string, { readonly unread: Unread; readonly at: number }>();

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async of(
    environment: string,
    groups: readonly Group[],
    signal: AbortSignal | undefined,
  ): Promise<readonly Group[]> {
    const balancers = new Map(
      groups.flatMap(({ front }) => front.balancers.map((each) => [keyOf(each), each] as const)),
    );
    const asked = [...balancers.values()].slice(0, MOST);
    const answers = await inParallel(asked, AT_ONCE, (each) => this.#ask(environment, each, signal));
    const byBalancer = new Map(
      asked.flatMap((each, index) => {
        const answer = answers[index];
        return answer === undefined ? [] : [[keyOf(each), answer] as const];
      }),
    );
    return groups.map((group) => withTraffic(group, byBalancer));
  }

  async #ask(environment: string, balancer: Balancer, signal: AbortSignal | undefined): Promise<Answer> {
    const key = `${environment} ${balancer.kind}`;
    const refused = this.#refused.get(key);
    if (refused !== undefined && performance.now() - refused.at < REFUSED_FOR_MS) {
      return { kind: 'unread', unread: refused.unread };
    }
    try {
      const ask = balancer.kind === 'classic' ? this.#classic : this.#targetGroup;
      return { kind: 'told', targets: await ask.call(this, environment, balancer.id, signal) };
    } catch (thrown) {
      const failure = toFailure('aws', thrown);
      if (failure.code === 'aborted') throw failure;
      const unread: Unread = { why: failure.text, lasting: isLasting(failure) };
      if (failure.code === 'forbidden') this.#refused.set(key, { unread, at: performance.now() });
      return { kind: 'unread', unread };
    }
  }

  async #targetGroup(environment: string, arn: string, signal: AbortSignal | undefined): Promise<Targets> {
    const client = this.#clients.client(environment, 'watch', ElasticLoadBalancingV2Client);
    const answer = await read('elasticloadbalancing:DescribeTargetHealth', signal, (options) =>
      client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }), options),
    );
    return targetsOfGroup(answer.TargetHealthDescriptions ?? []);
  }

  async #classic(environment: string, name: string, signal: AbortSignal | undefined): Promise<Targets> {
    const client = this.#clients.client(environment, 'watch', ClassicClient);
    const answer = await read('elasticloadbalancing:DescribeInstanceHealth', signal, (options) =>
      client.send(new DescribeInstanceHealthCommand({ LoadBalancerName: name }), options),
    );
    return targetsOfClassic(answer.InstanceStates ?? []);
  }
}

function withTraffic(group: Group, answers: ReadonlyMap<string, Answer>): Group {
  const told: { balancer: Balancer; targets: Targets }[] = [];
  const unread: Unread[] = [];
  const balancers = group.front.balancers.map((balancer) => {
    const answer = answers.get(keyOf(balancer));
    if (answer?.kind === 'told') {
      told.push({ balancer, targets: answer.targets });
      return { ...balancer, inUse: answer.targets.inUse };
    }
    unread.push(answer?.unread ?? { why: ownText(`No more than ${MOST} of them are asked.`), lasting: true });
    return balancer;
  });
  return {
    ...group,
    front: { balancers, unread: together(unread) },
    instances: group.instances.map((instance) => ({ ...instance, traffic: trafficOf(instance, told) })),
  };
}

function together(unread: readonly Unread[]): Unread | null {
  if (unread.length === 0) return null;
  const reasons = [...new Set(unread.map(({ why }) => why))];
  return { why: safeText(reasons.join(' ')), lasting: unread.every(({ lasting }) => lasting) };
}

function keyOf({ kind, id }: Balancer): string {
  return `${kind} ${id}`;
}
