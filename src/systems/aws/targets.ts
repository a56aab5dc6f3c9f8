import type { InstanceState } from '@aws-sdk/client-elastic-load-balancing';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Balancer, Instance, Traffic } from '../../model/fleet.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';

type State = Traffic['state'];

export interface Target {
  readonly state: State;
  readonly reason: SafeText | null;
}

/** What one balancer says of the instances that are registered with it, by their id. */
export interface Targets {
  /** False: no load balancer uses the target group, or none of its zones. */
  readonly inUse: boolean;
  readonly by: ReadonlyMap<string, Target>;
}

/**
 * States and reasons: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html.
 * `unhealthy.draining` is on its way out like every other one that drains.
 */
export function targetsOfGroup(descriptions: readonly TargetHealthDescription[]): Targets {
  const by = new Map<string, Target>();
  for (const { Target: target, TargetHealth: health } of descriptions) {
    const id = target?.Id;
    if (id === undefined) continue;
    const words = [health?.Reason, health?.Description].filter((word) => word !== undefined && word !== '');
    const told: Target = {
      state: stateOf(health?.State ?? 'unknown'),
      reason: words.length === 0 ? null : safeText(words.join(': '), { maxLength: 200 }),
    };
    // An instance may be registered with several ports.
    by.set(id, worst([by.get(id), told].filter((one) => one !== undefined)) ?? told);
  }
  const idle = descriptions.every(({ TargetHealth: health }) => health?.Reason === 'Target.NotInUse');
  return { inUse: descriptions.length === 0 || !idle, by };
}

function stateOf(state: string): State {
  switch (state) {
    case 'healthy':
    case 'unhealthy':
    case 'initial':
    case 'draining':
    case 'unused':
      return state;
    case 'unhealthy.draining':
      return 'draining';
    default:
      return safeText(state, { maxLength: 40 });
  }
}

/**
 * A classic load balancer knows InService, OutOfService and Unknown; what an instance is out of service for stands in
 * its description: https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_InstanceState.html
 */
const CLASSIC: readonly (readonly [RegExp, State])[] = [
  [
    /registration is still in progress|has not passed the configured HealthyThreshold|pending state/i,
    'initial',
  ],
  [/deregistration currently in progress|Disable Availability Zone/i, 'draining'],
  [/not currently registered|not configured to route traffic|stopped state|terminated state/i, 'unused'],
];

export function targetsOfClassic(states: readonly InstanceState[]): Targets {
  const by = new Map<string, Target>();
  for (const { InstanceId, State, Description } of states) {
    if (InstanceId === undefined) continue;
    const told =
      Description === undefined || Description === 'N/A' ? null : safeText(Description, { maxLength: 200 });
    const known = CLASSIC.find(([pattern]) => pattern.test(told ?? ''))?.[1];
    by.set(InstanceId, { state: known ?? classicState(State), reason: told });
  }
  return { inUse: true, by };
}

function classicState(state: string | undefined): State {
  if (state === 'InService') return 'healthy';
  return state === 'OutOfService' ? 'unhealthy' : safeText(state ?? 'unknown', { maxLength: 40 });
}

const NOT_REGISTERED = ownText('it is not registered');

/**
 * What is thought of an instance by what stands in front of its group: the worst, and of target groups that nothing
 * uses only where nothing else is. One that is not in service need not be registered.
 */
export function trafficOf(
  instance: Instance,
  told: readonly { readonly balancer: Balancer; readonly targets: Targets }[],
): Traffic | null {
  const used = told.filter(({ targets }) => targets.inUse);
  const all = (used.length > 0 ? used : told).flatMap(({ balancer, targets }): Traffic[] => {
    const target = targets.by.get(instance.id);
    if (target !== undefined) return [{ ...target, by: balancer.name }];
    if (instance.lifecycle !== 'InService') return [];
    return [{ state: 'unused', by: balancer.name, reason: NOT_REGISTERED }];
  });
  return worst(all);
}

const BEST_FIRST: readonly string[] = ['healthy', 'initial', 'draining', 'unused'];

function worst<T extends Target>(all: readonly T[]): T | null {
  const badness = ({ state }: T) => {
    const known = BEST_FIRST.indexOf(state);
    if (known >= 0) return known;
    return BEST_FIRST.length + (state === 'unhealthy' ? 1 : 0);
  };
  return all.reduce<T | null>((bad, one) => (bad === null || badness(one) > badness(bad) ? one : bad), null);
}
