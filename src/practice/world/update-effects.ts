import type { Instant } from '../../model/instant.ts';
import {
  drain,
  failService,
  launchInstance,
  markHealthy,
  putInService,
  removeGroup,
  removeLaunchTemplate,
} from './fleet.ts';
import type { Release } from './machines.ts';
import type { Generation } from './stack-events.ts';
import type { PracticeInstance, WorldState } from './state.ts';
import type { StepEffect } from './update-steps.ts';
import type { Random } from './world.ts';

/** What the steps of one update work on. */
export interface UpdateCrew {
  readonly state: WorldState;
  readonly random: Random;
  readonly release: Release;
  readonly made: Generation;
  readonly replaced: Generation | null;
  /** Of the new group, in the order of their launch. */
  readonly instances: PracticeInstance[];
}

/** Does in the world what one step of an update says; `settle` concerns the stack alone. */
export function applyEffect(crew: UpdateCrew, { kind, which, index }: StepEffect, at: Instant): void {
  const { state, random, release, made, instances } = crew;
  const generation = which === 'new' ? made : crew.replaced;
  const instance = instances[index];
  switch (kind) {
    case 'make-launch':
      state.launchTemplates.push(made.launchTemplate);
      break;
    case 'make-group':
      state.groups.push(made.group);
      break;
    case 'launch-instance':
      instances.push(launchInstance(state, random, made.group, index, at));
      break;
    case 'in-service':
      if (instance) putInService(state, random, release, instance, at);
      break;
    case 'healthy':
      if (instance) markHealthy(state, instance);
      break;
    case 'crash':
      if (instance) failService(state, instance, release.service.name, at);
      break;
    case 'drain':
      if (generation) drain(state, generation.group, at);
      break;
    case 'remove-group':
      if (generation) removeGroup(state, generation.group, at);
      break;
    case 'remove-launch':
      if (generation) removeLaunchTemplate(state, generation.launchTemplate.id);
      break;
    case 'settle':
      break;
  }
}
