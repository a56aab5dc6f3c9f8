import { SECOND } from '../../model/instant.ts';
import type { Cause } from './effects.ts';
import type { ScenarioEffect } from './scenario-effects.ts';
import type { Instant, PracticeInstance, WorldState } from './state.ts';

const RESTART_EVERY = 80 * SECOND;

/**
 * A bad version does harm from the end of its deploy, when traffic is switched to it, for as long as an InService
 * instance runs it.
 */
export function badVersion(state: WorldState, effect: ScenarioEffect): Cause {
  const { key, service, environment, version, error_rate: errorRate, errors } = effect;
  return {
    key,
    service,
    symptoms: effect,
    since: (now) => (carriers(state, effect).length === 0 ? null : switchedAt(state, effect, now)),
    own: (since) => [{ key, service, environment, version, since, errorRate, errors }],
    harm(since, now) {
      const instances = carriers(state, effect);
      const sick = Math.round(instances.length * effect.sick_share);
      for (const [index, instance] of instances.entries()) {
        if (index < sick) sicken(state, instance, service, index, Math.max(since, instance.launchedAt), now);
      }
    },
  };
}

/** When traffic went to the version: the end of its newest deploy; null: that one has not succeeded (yet). */
function switchedAt(state: WorldState, effect: ScenarioEffect, now: Instant): Instant | null {
  const deploy = state.deploys.findLast(
    (one) =>
      one.service === effect.service &&
      one.environment === effect.environment &&
      one.version === effect.version,
  );
  if (deploy?.status !== 'succeeded' || deploy.finishedAt === null || deploy.finishedAt > now) return null;
  return deploy.finishedAt;
}

function carriers(state: WorldState, effect: ScenarioEffect): PracticeInstance[] {
  return state.instances.filter(
    ({ lifecycle, tags }) =>
      lifecycle === 'InService' &&
      tags.service === effect.service &&
      tags.environment === effect.environment &&
      tags.version === effect.version,
  );
}

/** Every second sick container crashes again and again; the others run, and fail their health check. */
function sicken(
  state: WorldState,
  instance: PracticeInstance,
  service: string,
  index: number,
  since: Instant,
  now: Instant,
): void {
  const container = state.containers.find((one) => one.instance === instance.id && one.name === service);
  if (container === undefined) return;
  instance.health = 'Unhealthy';
  container.health = 'unhealthy';
  if (index % 2 === 1) return;
  container.state = 'restarting';
  container.exitCode = 1;
  container.restarts = Math.floor((now - since) / RESTART_EVERY);
  container.startedAt = since + container.restarts * RESTART_EVERY;
}
