import { findSuspect } from '../insight/suspect.ts';
import type { Card } from '../model/card.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Deploy } from '../model/deploy.ts';
import type { Group } from '../model/fleet.ts';
import type { Incident, Person } from '../model/incident.ts';
import { type Instant, rfc3339 } from '../model/instant.ts';
import { ageMs, isStale, type Reading } from '../model/reading.ts';
import type { SystemHealth } from '../model/system-health.ts';

/** Shapes of docs/contracts.md: snake_case, RFC 3339; a field may be added, none renamed. */
const SCHEMA = 1;

/** One document, on one line. */
export function jsonDocument(catalog: Pick<Catalog, 'practice'>, at: Instant, rest: object): string {
  return `${JSON.stringify({ schema: SCHEMA, practice: catalog.practice, at: rfc3339(at), ...rest })}\n`;
}

/** A reading without its value: whose it is, how old, and what went wrong. */
export function jsonReading(reading: Reading<unknown>, now: Instant) {
  const age = ageMs(reading, now);
  return {
    source: reading.source,
    taken_at: time(reading.takenAt),
    age_s: seconds(age),
    stale: isStale(reading, now),
    error: reading.error === null ? null : { code: reading.error.code, message: reading.error.message },
  };
}

export function jsonIncident(incident: Incident, deploys: readonly Deploy[]) {
  const suspect = findSuspect(incident, deploys);
  return {
    id: incident.id,
    number: incident.number,
    status: incident.status,
    urgency: incident.urgency,
    title: incident.title,
    service: incident.service ?? incident.pagerService.name,
    squad: incident.squad,
    triggered_at: rfc3339(incident.triggeredAt),
    assignees: incident.assignees.map(jsonPerson),
    acknowledged_by: incident.acknowledgedBy.map(jsonPerson),
    snoozed_until: time(incident.snoozedUntil),
    url: incident.url,
    suspect:
      suspect === null
        ? null
        : { version: suspect.deploy.version, minutes_before: suspect.minutesBefore, who: suspect.deploy.who },
  };
}

export function jsonPerson(person: Person) {
  return { id: person.id, name: person.name, email: person.email };
}

export function jsonSystem(health: SystemHealth, now: Instant) {
  return {
    name: health.name,
    ok: health.ok,
    age_s: seconds(health.lastOkAt === null ? null : Math.max(0, now - health.lastOkAt)),
    error: health.error === null ? null : { code: health.error.code, message: health.error.message },
  };
}

export function jsonDeploy(deploy: Deploy, suspect: boolean) {
  return {
    service: deploy.service,
    env: deploy.environment,
    version: deploy.version,
    status: deploy.status,
    started_at: rfc3339(deploy.startedAt),
    duration_s: seconds(deploy.finishedAt === null ? null : deploy.finishedAt - deploy.startedAt),
    who: deploy.who,
    reference: deploy.reference,
    source: deploy.source,
    sources: deploy.sources,
    url: deploy.url,
    waiting: deploy.waiting === null ? null : { system: deploy.waiting.system, step: deploy.waiting.label },
    suspect,
  };
}

export function jsonCard(card: Card) {
  return {
    id: card.id,
    service: card.service,
    version: card.version,
    title: card.title,
    who: card.who,
    lane: card.lane,
    since: time(card.since),
    url: card.url,
  };
}

export function jsonGroup(group: Group) {
  return {
    name: group.name,
    env: group.environment,
    created_at: rfc3339(group.createdAt),
    desired: group.desired,
    in_service: group.instances.filter((instance) => instance.lifecycle === 'InService').length,
    versions: group.versions,
    load_balancers: group.front.balancers.map(({ kind, name, inUse }) => ({ kind, name, in_use: inUse })),
    traffic_error: group.front.unread?.why ?? null,
    instances: group.instances.map((instance) => ({
      id: instance.id,
      az: instance.zone,
      lifecycle: instance.lifecycle,
      health: instance.health,
      traffic: instance.traffic?.state ?? null,
      traffic_reason: instance.traffic?.reason ?? null,
      containers: (instance.containers ?? []).map(({ name, image, state, health, restarts }) => ({
        name,
        image,
        state,
        health,
        restarts,
      })),
      containers_error: instance.containersError,
    })),
  };
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 1000);
}

function time(at: Instant | null): string | null {
  return at === null ? null : rfc3339(at);
}
