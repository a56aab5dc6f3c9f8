import type { Instant } from '../../model/instant.ts';
import { servingGroup } from './fleet.ts';
import { makeGroup, makeLaunchTemplate, type Release } from './machines.ts';
import type { Generation } from './stack-events.ts';
import type { PracticeStack, WorldState } from './state.ts';
import type { Random, StackChange } from './world.ts';

/** What the change asks to run; who and build as the template's parameters say, as its tags do. */
export function releaseOf(
  state: WorldState,
  stack: PracticeStack,
  { parameters, who }: StackChange,
): Release {
  const service = state.services.find(({ name }) => name === stack.service);
  if (service === undefined) throw new Error(`The stack ${stack.name} has no service ${stack.service}`);
  return {
    service,
    environment: stack.environment,
    version: parameters.ImageTag ?? '',
    who: parameters.DeployedBy ?? who,
    build: Number(parameters.BuildNumber ?? 0),
  };
}

/** What serves now; null: the stack has no group yet. */
export function generationOf(state: WorldState, stack: PracticeStack): Generation | null {
  const group = servingGroup(state, stack);
  const launchTemplate = state.launchTemplates.find(({ id }) => id === group?.launchTemplate);
  return group && launchTemplate ? { group, launchTemplate } : null;
}

/** Launch template and group that the update is going to make, not yet in the world. */
export function makeGeneration(
  state: WorldState,
  random: Random,
  release: Release,
  { parameters }: StackChange,
  at: Instant,
): Generation {
  const launchTemplate = makeLaunchTemplate(state, random, release, at);
  const desired = Math.max(Number(parameters.DesiredCapacity ?? 1) || 1, 1);
  return { launchTemplate, group: makeGroup(random, release, launchTemplate, desired, at) };
}
