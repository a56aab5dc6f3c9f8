import type { PracticeIncident, PracticeService, WorldState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import type { PracticeAnswer } from '../server.ts';
import { changeId } from './change-events.ts';
import { json } from './reply.ts';
import { bodyOf, type Call, isRecord, type Route } from './route.ts';

/** The integration key of a service: 32 characters, as the Events API wants. */
export function routingKey(service: PracticeService): string {
  return service.pagerId.toLowerCase().padEnd(32, '0');
}

/** Events API v2, which knows routing keys instead of tokens: https://developer.pagerduty.com/docs/events-api-v2-overview */
export const eventRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v2/enqueue',
    answer: ({ world, request }) => {
      const event = bodyOf(request);
      const service = serviceOf(world.state, event.routing_key);
      const action = event.event_action;
      if (service === null) return invalid("'routing_key' is invalid");
      if (action !== 'trigger' && action !== 'acknowledge' && action !== 'resolve') {
        return invalid("'event_action' must be trigger, acknowledge or resolve");
      }
      const key = typeof event.dedup_key === 'string' ? event.dedup_key : null;
      if (action !== 'trigger') return followUp(world, service, action, key);
      const { payload } = event;
      if (!isRecord(payload) || typeof payload.summary !== 'string')
        return invalid("'payload.summary' is missing");
      const known = open(world.state, service, key);
      const id = known?.id ?? trigger(world, service, payload.summary, payload, key);
      return accepted('Event processed', key ?? id.toLowerCase());
    },
  },
  {
    method: 'POST',
    path: '/v2/change/enqueue',
    answer: (call) => enqueueChange(call),
  },
];

function trigger(
  world: World,
  service: PracticeService,
  title: string,
  payload: Record<string, unknown>,
  key: string | null,
): string {
  const custom = isRecord(payload.custom_details) ? payload.custom_details : {};
  const details = Object.fromEntries(Object.entries(custom).map(([name, value]) => [name, String(value)]));
  const urgency = payload.severity === 'warning' || payload.severity === 'info' ? 'low' : 'high';
  return world.incidents.trigger({
    service: service.name,
    title,
    urgency,
    details: { ...details, ...(key === null ? {} : { dedup_key: key }) },
  });
}

function followUp(
  world: World,
  service: PracticeService,
  action: 'acknowledge' | 'resolve',
  key: string | null,
): PracticeAnswer {
  if (key === null) return invalid("'dedup_key' is missing");
  const incident = open(world.state, service, key);
  const [person] = incident?.assignees ?? [];
  if (incident !== undefined && action === 'resolve') world.incidents.resolve(incident.id, null);
  if (incident?.status === 'triggered' && person !== undefined)
    world.incidents.acknowledge(incident.id, person);
  return accepted('Event processed', key);
}

function enqueueChange({ world, request, changes }: Call): PracticeAnswer {
  const { routing_key: key, payload, links } = bodyOf(request);
  const service = serviceOf(world.state, key);
  if (service === null) return invalid("'routing_key' is invalid");
  if (!isRecord(payload) || typeof payload.summary !== 'string')
    return invalid("'payload.summary' is missing");
  const told = typeof payload.timestamp === 'string' ? Date.parse(payload.timestamp) : Number.NaN;
  const at = Number.isNaN(told) ? world.now() : told;
  changes.tell({
    id: changeId(`${service.name} ${payload.summary} ${at}`),
    serviceId: service.pagerId,
    summary: payload.summary,
    at,
    source: typeof payload.source === 'string' ? payload.source : 'unknown',
    details: isRecord(payload.custom_details) ? payload.custom_details : {},
    links: Array.isArray(links) ? links.filter(isLink) : [],
  });
  return accepted('Change event processed', null);
}

function isLink(link: unknown): link is { href: string; text: string } {
  return isRecord(link) && typeof link.href === 'string' && typeof link.text === 'string';
}

function serviceOf(state: WorldState, key: unknown): PracticeService | null {
  return state.services.find((service) => routingKey(service) === key) ?? null;
}

function open(state: WorldState, service: PracticeService, key: string | null): PracticeIncident | undefined {
  return state.incidents.find(
    (one) =>
      one.status !== 'resolved' &&
      one.serviceId === service.pagerId &&
      key !== null &&
      (one.details.dedup_key === key || one.id.toLowerCase() === key),
  );
}

function accepted(message: string, dedupKey: string | null): PracticeAnswer {
  return json({ status: 'success', message, ...(dedupKey === null ? {} : { dedup_key: dedupKey }) }, 202);
}

function invalid(error: string): PracticeAnswer {
  return json({ status: 'invalid event', message: 'Event object is invalid', errors: [error] }, 400);
}
