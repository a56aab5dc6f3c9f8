import { type Catalog, findService } from '../model/catalog.ts';
import { Failure } from '../model/failure.ts';
import type { Incident, OnCall, Person } from '../model/incident.ts';
import { MINUTE } from '../model/instant.ts';
import type { ActionContext, Draft } from './action.ts';
import { ActionError } from './types.ts';

/** PagerDuty takes at most 250 incidents in one `PUT /incidents`. */
export const MOST_AT_ONCE = 250;
/** PagerDuty answers a write with what it became; reading shows it at once or within seconds. */
export const PAGER_PATIENCE_MS = 2 * MINUTE;

/** The named incidents as PagerDuty has them now, each id once; throws an `ActionError` for one that is not there. */
export async function readIncidents(
  { systems, catalog }: ActionContext,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<readonly Incident[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) throw new ActionError('No incident given: see oncall incidents');
  if (wanted.length > MOST_AT_ONCE) {
    throw new ActionError(`${wanted.length} incidents at once: PagerDuty takes ${MOST_AT_ONCE} at most.`);
  }
  const found = await (await systems.pager()).incidents(wanted, signal).catch((thrown) => {
    if (thrown instanceof Failure && thrown.code === 'not_found') return [];
    throw thrown;
  });
  return wanted.map((id) => {
    const incident = found.find((each) => each.id === id);
    if (incident === undefined) throw new ActionError(unknown(catalog, id));
    return incident;
  });
}

/** Most commands take a service: it is said where these do not. */
function unknown(catalog: Catalog, id: string): string {
  return findService(catalog, id) === undefined
    ? `PagerDuty knows no incident ${id}: see oncall incidents`
    : `${id} is a service, and this wants the id of an incident: see oncall incidents`;
}

export async function readIncident(
  context: ActionContext,
  id: string,
  signal?: AbortSignal,
): Promise<Incident> {
  const [incident] = await readIncidents(context, [id], signal);
  if (incident === undefined) throw new ActionError(`PagerDuty knows no incident ${id}`);
  return incident;
}

/** `charge-central: 5xx above 2%`. */
export function naming(incident: Incident): string {
  return `${incident.service ?? incident.pagerService.name}: ${incident.title}`;
}

/** `charge-central: 5xx above 2%`, or `3 incidents`. */
export function namingAll(incidents: readonly Incident[]): string {
  const [first] = incidents;
  return incidents.length === 1 && first !== undefined ? naming(first) : `${incidents.length} incidents`;
}

export function names(people: readonly Person[]): string {
  return people.length === 0 ? 'nobody' : people.map((person) => person.name).join(', ');
}

/** Who is on call at one level, each person once. */
export function peopleAt(onCall: readonly OnCall[], level: number): readonly Person[] {
  const people = new Map<string, Person>();
  for (const duty of onCall) if (duty.level === level) people.set(duty.person.id, duty.person);
  return [...people.values()];
}

/** What makes an incident another one than was planned for. */
export function standing(incident: Incident): string {
  const assignees = incident.assignees.map((person) => person.id).sort();
  return JSON.stringify([incident.id, incident.status, incident.escalationPolicy.id, assignees]);
}

type PagerDraft = Omit<
  Draft,
  | 'system'
  | 'environment'
  | 'digest'
  | 'fromDigest'
  | 'token'
  | 'expectedMs'
  | 'targets'
  | 'incident'
  | 'service'
>;

/** The fields that all writes to incidents share. */
export function pagerDraft(incidents: readonly Incident[], own: PagerDraft): Draft {
  const [first, ...others] = incidents;
  const services = new Set(incidents.map((incident) => incident.service));
  return {
    ...own,
    system: 'pagerduty',
    environment: null,
    digest: null,
    fromDigest: null,
    token: null,
    expectedMs: null,
    service: services.size === 1 ? (first?.service ?? null) : null,
    incident: others.length === 0 ? (first?.id ?? null) : null,
    targets: incidents.map((incident) => `incident ${incident.id}`),
  };
}
