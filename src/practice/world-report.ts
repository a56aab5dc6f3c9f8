import { type Instant, rfc3339 } from '../model/instant.ts';
import type { PracticeIncident, WorldState } from './world/state.ts';
import type { World } from './world/world.ts';

/** The whole truth about the world, for tests to compare with what a screen says (`GET /world`). */
export function worldReport(world: World): Record<string, unknown> {
  const { state } = world;
  return {
    now: rfc3339(world.now()),
    seed: state.seed,
    scenario: state.scenario,
    effects: [...new Map(world.activeEffects().map(({ key, since }) => [key, rfc3339(since)]))].map(
      ([key, since]) => ({ key, since }),
    ),
    incidents: state.incidents.toReversed().map((incident) => reportIncident(state, incident)),
    stacks: state.stacks.map(({ name, status, statusReason, parameters, service, environment: env }) => ({
      name,
      status,
      status_reason: statusReason,
      service,
      env,
      parameters,
    })),
    groups: state.groups.map(({ name, service, environment: env, desired, min, max, tags }) => ({
      name,
      service,
      env,
      version: tags.version ?? null,
      desired,
      min,
      max,
    })),
    instances: state.instances.map(({ id, group, zone, lifecycle, health, cutOff, tags }) => ({
      id,
      group,
      service: tags.service ?? null,
      env: tags.environment ?? null,
      version: tags.version ?? null,
      zone,
      lifecycle,
      health,
      reachable: cutOff === null,
    })),
    containers: state.containers.map((one) => ({
      id: one.id,
      instance: one.instance,
      name: one.name,
      image: one.image,
      state: one.state,
      health: one.health,
      restarts: one.restarts,
      exit_code: one.exitCode,
    })),
    deploys: state.deploys.toReversed().map((deploy) => ({
      service: deploy.service,
      env: deploy.environment,
      version: deploy.version,
      status: deploy.status,
      who: deploy.who,
      build: deploy.build,
      started_at: rfc3339(deploy.startedAt),
      finished_at: time(deploy.finishedAt),
      token: deploy.token,
    })),
    live_tails: state.liveTails.map(({ groups, since }) => ({ groups, since: rfc3339(since) })),
  };
}

function reportIncident(state: WorldState, incident: PracticeIncident): Record<string, unknown> {
  return {
    id: incident.id,
    number: incident.number,
    status: incident.status,
    service: state.services.find((service) => service.pagerId === incident.serviceId)?.name ?? null,
    title: incident.title,
    urgency: incident.urgency,
    triggered_at: rfc3339(incident.createdAt),
    escalation_policy: incident.policyId,
    level: incident.level,
    assignees: incident.assignees,
    acknowledgers: incident.acknowledgers.map((one) => one.personId),
    snoozed_until: time(incident.snoozedUntil),
    notes: incident.notes.map((note) => note.content),
  };
}

function time(at: Instant | null): string | null {
  return at === null ? null : rfc3339(at);
}
