import { SECOND } from '../../model/instant.ts';
import type { ScenarioEffect } from './scenario.ts';
import type { Instant, PracticeIncident, PracticeInstance, WorldState } from './state.ts';
import type { ActiveEffect, IncidentEngine } from './world.ts';

/** How often the world looks at what its bad versions do. */
const BEAT = 10 * SECOND;
/** A monitor closes its alert so long after the last trouble, and opens it again so long after it was closed by hand. */
const SETTLE = 120 * SECOND;
const RESTART_EVERY = 80 * SECOND;

interface Deps {
  readonly state: WorldState;
  readonly effects: readonly ScenarioEffect[];
  readonly incidents: IncidentEngine;
  now(): Instant;
  at(when: Instant, what: () => void): void;
}

/**
 * A bad version does harm from the end of its deploy, when traffic is switched to it, for as long as an InService
 * instance runs it: its containers fail, its incidents are opened, and close on their own after it is gone.
 */
export function createEffects(deps: Deps): { active(): ActiveEffect[]; start(): void } {
  const { state, now } = deps;
  const healedAt = new Map<string, Instant>();

  const active = () =>
    deps.effects.flatMap((effect): ActiveEffect[] => {
      const since = switchedAt(state, effect, now());
      if (since === null || carriers(state, effect).length === 0) return [];
      const { key, service, environment, version, error_rate: errorRate, errors } = effect;
      return [{ key, service, environment, version, since, errorRate, errors }];
    });

  function beat(): void {
    const running = new Map(active().map((effect) => [effect.key, effect]));
    for (const effect of deps.effects) {
      const current = running.get(effect.key);
      remember(effect.key, current);
      if (current === undefined) settle(effect);
      else {
        healedAt.delete(effect.key);
        harm(effect, current.since);
        for (const wanted of effect.incidents) alert(effect, wanted, current.since);
      }
    }
    deps.at(now() + BEAT, beat);
  }

  function remember(key: string, current: ActiveEffect | undefined): void {
    const open = state.troubles.find((trouble) => trouble.key === key && trouble.until === null);
    if (current !== undefined && open === undefined) {
      const { service, since } = current;
      state.troubles.push({ key, service, since, until: null });
    }
    if (current === undefined && open !== undefined) open.until = now();
  }

  function harm(effect: ScenarioEffect, since: Instant): void {
    const instances = carriers(state, effect);
    const sick = Math.round(instances.length * effect.sick_share);
    for (const [index, instance] of instances.entries()) {
      if (index < sick)
        sicken(state, instance, effect.service, index, Math.max(since, instance.launchedAt), now());
    }
  }

  function alert(effect: ScenarioEffect, wanted: ScenarioEffect['incidents'][number], since: Instant): void {
    const serviceId = state.services.find((service) => service.name === wanted.service)?.pagerId;
    const known = state.incidents.filter(
      (incident) =>
        incident.effect === effect.key && incident.serviceId === serviceId && incident.title === wanted.title,
    );
    const last = known.at(-1);
    if (last !== undefined && last.status !== 'resolved') return;
    const due = Math.max(since + wanted.after_s * SECOND, last === undefined ? 0 : last.changedAt + SETTLE);
    if (now() < due) return;
    const { service, title, urgency, details } = wanted;
    deps.incidents.trigger({ service, title, urgency, details, effect: effect.key });
  }

  function settle(effect: ScenarioEffect): void {
    const open = state.incidents.filter((one) => one.effect === effect.key && one.status !== 'resolved');
    if (open.length === 0) return;
    const healed = healedAt.get(effect.key) ?? now();
    healedAt.set(effect.key, healed);
    if (now() < healed + SETTLE) return;
    for (const incident of open) close(deps.incidents, incident);
  }

  return {
    active,
    start() {
      if (deps.effects.length > 0) beat();
    },
  };
}

function close(incidents: IncidentEngine, incident: PracticeIncident): void {
  incidents.resolve(incident.id, null);
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
