/** Instances and containers coming and going while a group is made or deleted. */
import type { Instant } from '../../model/instant.ts';
import { doneWith, type LaunchNote, launching, replaced, terminating } from './activities.ts';
import { makeContainers, makeInstance, type Release, ZONES } from './machines.ts';
import type { PracticeContainer, PracticeGroup, PracticeInstance, WorldState } from './state.ts';
import type { Random } from './world.ts';

/** Group of a stack that serves now; while an update runs, the one that the update would replace. */
export function servingGroup(
  state: WorldState,
  stack: { readonly service: string; readonly environment: 'prod' | 'test' },
): PracticeGroup | null {
  const own = state.groups.filter(
    (group) => group.service === stack.service && group.environment === stack.environment,
  );
  return own.sort((one, other) => one.createdAt - other.createdAt)[0] ?? null;
}

export function launchInstance(
  state: WorldState,
  random: Random,
  group: PracticeGroup,
  index: number,
  at: Instant,
  note: LaunchNote = launching,
): PracticeInstance {
  const instance = makeInstance(random, group, openPlace(state, index), at, 'Pending');
  state.instances.push(instance);
  state.activities.push(note(instance, at, null));
  return instance;
}

/** The place that an instance of that index would have, or the next one whose zone is not out. */
function openPlace({ outages }: WorldState, index: number): number {
  const out = new Set(outages.filter(({ until }) => until === null).map(({ zone }) => zone));
  const places = ZONES.map((_, step) => index + step);
  return places.find((place) => !out.has(ZONES[place % ZONES.length] ?? '')) ?? index;
}

/** The instance serves; its five containers have just started and are not yet known to be healthy. */
export function putInService(
  state: WorldState,
  random: Random,
  release: Release,
  instance: PracticeInstance,
  at: Instant,
): void {
  instance.lifecycle = 'InService';
  doneWith(state, instance, at);
  const containers = makeContainers(state, random, release, instance, at);
  for (const container of containers) {
    if (container.health !== null) container.health = 'starting';
  }
  state.containers.push(...containers);
}

export function markHealthy(state: WorldState, instance: PracticeInstance): void {
  for (const container of containersOf(state, instance)) {
    if (container.health === 'starting') container.health = 'healthy';
  }
}

/** The service's own container ends as soon as it starts; the engine restarts it. */
export function failService(
  state: WorldState,
  instance: PracticeInstance,
  service: string,
  at: Instant,
): void {
  for (const container of containersOf(state, instance)) {
    if (container.name !== service) {
      if (container.health === 'starting') container.health = 'unhealthy';
      continue;
    }
    container.state = 'restarting';
    container.health = 'unhealthy';
    container.restarts++;
    container.exitCode = 1;
    container.startedAt = at;
  }
}

/** Deleting a group begins: nothing new starts, and what runs is on its way out. */
export function drain(state: WorldState, group: PracticeGroup, at: Instant): void {
  group.desired = 0;
  for (const instance of instancesOf(state, group)) {
    doneWith(state, instance, at);
    instance.lifecycle = 'Terminating';
    state.activities.push(terminating(instance, at, null));
  }
}

/** The instance is on its way out, as another has taken its place. */
export function takeOut(state: WorldState, instance: PracticeInstance, at: Instant): void {
  doneWith(state, instance, at);
  instance.lifecycle = 'Terminating';
  state.activities.push(replaced(instance, at));
}

export function removeInstance(state: WorldState, instance: PracticeInstance, at: Instant): void {
  doneWith(state, instance, at);
  keep(state.containers, (container) => container.instance !== instance.id);
  keep(state.instances, (other) => other.id !== instance.id);
}

export function removeGroup(state: WorldState, group: PracticeGroup, at: Instant): void {
  for (const instance of instancesOf(state, group)) doneWith(state, instance, at);
  const gone = new Set(instancesOf(state, group).map((instance) => instance.id));
  keep(state.containers, (container) => !gone.has(container.instance));
  keep(state.instances, (instance) => !gone.has(instance.id));
  keep(state.groups, (other) => other.name !== group.name);
}

export function removeLaunchTemplate(state: WorldState, id: string): void {
  keep(state.launchTemplates, (template) => template.id !== id);
}

export function instancesOf(state: WorldState, group: PracticeGroup): PracticeInstance[] {
  return state.instances.filter((instance) => instance.group === group.name);
}

function containersOf(state: WorldState, instance: PracticeInstance): PracticeContainer[] {
  return state.containers.filter((container) => container.instance === instance.id);
}

function keep<T>(list: T[], stays: (item: T) => boolean): void {
  list.splice(0, list.length, ...list.filter(stays));
}
