import { MINUTE, SECOND } from '../../model/instant.ts';
import { refusedLaunch, replacing } from './activities.ts';
import type { Cause } from './effects.ts';
import { launchInstance, markHealthy, putInService, removeInstance, takeOut } from './fleet.ts';
import { type Release, ZONES } from './machines.ts';
import type { ScenarioOutage } from './scenario-effects.ts';
import type { PracticeInstance, PracticeOutage } from './state.ts';
import type { World } from './world.ts';

/** Auto Scaling replaces what failed its health checks for so long, and tries again so often. */
const NOTICED_AFTER = 3 * MINUTE;
const RETRY = 4 * MINUTE;
/** All want room in the other zones at the same time: it is found for one after the other. */
const PACE = 15 * SECOND;
const BOOT = 75 * SECOND;
const WARM_UP = 45 * SECOND;
const ENDING = 60 * SECOND;

export type OutageWorld = Pick<World, 'state' | 'now' | 'at' | 'random'>;

/**
 * A zone that is out: what stands in it is cut off and turns unhealthy, nothing can be launched there, and Auto
 * Scaling replaces it in the other zones once there is room. It ends when the last one was replaced, or at its time.
 */
export function zoneOutage(world: OutageWorld, told: ScenarioOutage): Cause {
  const { state } = world;
  const random = world.random(`outage ${told.key}`);
  const outage: PracticeOutage = { key: told.key, zone: told.zone, since: told.since, until: null };
  const lost = () => state.instances.filter(({ zone, cutOff }) => zone === told.zone && cutOff !== null);

  world.at(told.since, () => {
    state.outages.push(outage);
    const there = state.instances.filter(({ zone }) => zone === told.zone);
    for (const [index, instance] of there.entries()) {
      const after = (told.spread_s * SECOND * index) / there.length;
      world.at(told.since + Math.round(after), () => cutOff(instance));
      const room = told.replaced_after_s;
      if (room === undefined) continue;
      world.at(told.since + room * SECOND + index * PACE, () => replace(instance, index));
    }
  });
  if (told.until !== undefined) world.at(told.until, comeBack);

  function cutOff(instance: PracticeInstance): void {
    instance.cutOff = world.now();
    instance.health = 'Unhealthy';
    world.at(world.now() + NOTICED_AFTER, () => tryHere(instance));
  }

  /** Auto Scaling keeps its zones even: it wants the new one where the old one is. */
  function tryHere(instance: PracticeInstance): void {
    if (!isWaiting(instance)) return;
    const others = ZONES.filter((zone) => zone !== told.zone);
    state.activities.push(refusedLaunch(`${random.hex(16)}-launch`, instance, others, world.now()));
    world.at(world.now() + RETRY, () => tryHere(instance));
  }

  function replace(instance: PracticeInstance, index: number): void {
    const group = state.groups.find(({ name }) => name === instance.group);
    const release = group && releaseOf(group.tags);
    if (group === undefined || release === undefined || !isWaiting(instance)) return;
    const fresh = launchInstance(state, random, group, index, world.now(), replacing);
    const later = (after: number, what: () => void) =>
      world.at(world.now() + after, () => {
        if (state.instances.includes(fresh) && !fresh.lifecycle.startsWith('Terminating')) what();
      });
    later(BOOT, () => {
      putInService(state, random, release, fresh, world.now());
      if (isWaiting(instance)) {
        takeOut(state, instance, world.now());
        world.at(world.now() + ENDING, () => removeInstance(state, instance, world.now()));
      }
      later(WARM_UP, () => markHealthy(state, fresh));
    });
  }

  function comeBack(): void {
    outage.until = world.now();
    for (const instance of lost()) {
      instance.cutOff = null;
      instance.health = 'Healthy';
    }
  }

  function isWaiting(instance: PracticeInstance): boolean {
    return (
      instance.cutOff !== null && instance.lifecycle === 'InService' && state.instances.includes(instance)
    );
  }

  function releaseOf(tags: Readonly<Record<string, string>>): Release | undefined {
    const service = state.services.find(({ name }) => name === tags.service);
    return (
      service && {
        service,
        environment: tags.environment === 'test' ? 'test' : 'prod',
        version: tags.version ?? '',
        who: tags['deployed-by'] ?? '',
        build: Number(tags.build),
      }
    );
  }

  return {
    key: told.key,
    service: null,
    symptoms: told,
    since: () => (lost().length > 0 ? told.since : null),
    own: () => [],
    harm: () => {},
  };
}
