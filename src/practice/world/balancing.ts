/** What stands in front of a stack's instances, and what it thinks of them: derived from the world, kept nowhere. */
import { SECOND } from '../../model/instant.ts';
import { usesLaunchConfiguration } from './machines.ts';
import type { Instant, PracticeGroup, PracticeInstance, WorldState } from './state.ts';

/** A stack has one target group, or (the oldest service) one classic load balancer; it is named like the stack. */
export interface PracticeBalancer {
  readonly kind: 'target_group' | 'classic';
  readonly name: string;
  readonly service: string;
  readonly environment: 'prod' | 'test';
}

export interface PracticeTarget {
  readonly instance: string;
  readonly zone: string;
  readonly state: 'registering' | 'initial' | 'healthy' | 'refused' | 'bad_answer' | 'silent' | 'draining';
}

const REGISTERING = 4 * SECOND;
/** Two health checks that pass, ten seconds apart. */
const CHECKING = 20 * SECOND;

export function balancers(state: WorldState): PracticeBalancer[] {
  return state.stacks.map(({ name, service, environment }) => ({
    kind: usesLaunchConfiguration(service) ? 'classic' : 'target_group',
    name,
    service,
    environment,
  }));
}

/** The one in front of that group. */
export function balancerOf(
  state: WorldState,
  { service, environment }: PracticeGroup,
): PracticeBalancer | undefined {
  return balancers(state).find((one) => one.service === service && one.environment === environment);
}

/** An instance is registered when it comes into service, of an old group as of a new one. */
export function targetsOf(state: WorldState, balancer: PracticeBalancer, now: Instant): PracticeTarget[] {
  const groups = new Set(
    state.groups
      .filter(
        ({ service, environment }) => service === balancer.service && environment === balancer.environment,
      )
      .map(({ name }) => name),
  );
  return state.instances
    .filter(({ group, lifecycle }) => groups.has(group) && lifecycle !== 'Pending')
    .map((instance) => ({
      instance: instance.id,
      zone: instance.zone,
      state: stateOf(state, instance, balancer.service, now),
    }));
}

function stateOf(
  state: WorldState,
  instance: PracticeInstance,
  service: string,
  now: Instant,
): PracticeTarget['state'] {
  if (instance.lifecycle.startsWith('Terminating')) return 'draining';
  if (instance.cutOff !== null) return 'silent';
  const own = state.containers.find((one) => one.instance === instance.id && one.name === service);
  const age = now - (own?.createdAt ?? now);
  if (age < REGISTERING) return 'registering';
  if (own?.state !== 'running') return 'refused';
  if (own.health === 'unhealthy') return 'bad_answer';
  return age < CHECKING || own.health === 'starting' ? 'initial' : 'healthy';
}
