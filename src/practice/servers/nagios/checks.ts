import { type Instant, SECOND } from '../../../model/instant.ts';
import type { PracticeIncident, PracticeService, WorldState } from '../../world/state.ts';
import type { ActiveEffect, World } from '../../world/world.ts';
import {
  ATTEMPTS,
  attemptAt,
  type CutOff,
  cutOffIn,
  FIRST_LOOK,
  hostCheck,
  machinesOf,
  RETRY,
} from './host-check.ts';

export type Status = 'ok' | 'warning' | 'critical' | 'unknown' | 'up' | 'down' | 'unreachable';

/** A host, or a service on it, as it is now. */
export interface Check {
  readonly host: string;
  /** null: the host itself. */
  readonly service: string | null;
  readonly status: Status;
  /** Of a problem: a soft one is still being made sure of. */
  readonly attempt: number;
  readonly most: number;
  /** Of its present status. */
  readonly since: Instant;
  readonly output: string;
  readonly passive: boolean;
  /** By whom it was acknowledged before anybody did so here, and when. */
  readonly known: { readonly by: string; readonly at: Instant } | null;
}

const ENVIRONMENTS = ['prod', 'test'] as const;
type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** The freshness of the heartbeat that the service itself sends. */
const SILENCE = 150 * SECOND;
const DISK_CHECK = 'disk-usage';

export const hostName = (service: string, environment: string): string => `${service}-${environment}`;

/** Hosts first, then their services, in the order of the configuration. */
export function checks(world: World): readonly Check[] {
  const { state } = world;
  const effects = world.activeEffects();
  const places = state.services.flatMap((service) =>
    ENVIRONMENTS.map((environment) => ({ service, environment })),
  );
  return [
    ...places.map(({ service, environment }) => {
      const up = { host: hostName(service.name, environment), since: startOf(state, service, environment) };
      return hostCheck(up, machinesOf(state, service, environment), world.now());
    }),
    ...places.flatMap(({ service, environment }) => {
      const isIt = (one: ActiveEffect) =>
        one.service === service.name &&
        one.environment === environment &&
        one.version !== null &&
        one.errorRate > 0;
      const effect = effects.find(isIt) ?? null;
      const cut = cutOffIn(machinesOf(state, service, environment));
      const host = hostName(service.name, environment);
      const well = {
        host,
        status: 'ok',
        attempt: 1,
        since: startOf(state, service, environment),
        known: null,
      };
      return [
        httpCheck({ ...well, status: 'ok' }, effect, world.now()),
        heartbeat({ ...well, status: 'ok' }, silence(effect, cut), world.now()),
        ...(environment === 'prod' ? diskChecks({ ...well, status: 'ok' }, state, service) : []),
      ];
    }),
  ];
}

type Well = Pick<Check, 'host' | 'status' | 'attempt' | 'since' | 'known'>;

function httpCheck(well: Well, effect: ActiveEffect | null, now: Instant): Check {
  const found = effect === null ? now + 1 : effect.since + FIRST_LOOK;
  const http = { service: 'HTTP', most: ATTEMPTS, passive: false };
  if (now < found) {
    return { ...well, ...http, output: 'HTTP OK: HTTP/1.1 200 OK - 214 bytes in 0.012 second response time' };
  }
  return {
    ...well,
    ...http,
    status: 'critical',
    attempt: attemptAt(found, now),
    since: found,
    output: 'HTTP CRITICAL: HTTP/1.1 500 Internal Server Error - 312 bytes in 0.041 second response time',
  };
}

/** What does not send its heartbeat, and since when. */
interface Silence {
  readonly of: string;
  readonly since: Instant;
}

function silence(effect: ActiveEffect | null, [cut]: readonly CutOff[]): Silence | null {
  if (effect !== null) return { of: `an instance of ${effect.version}`, since: effect.since };
  return cut === undefined ? null : { of: `${cut.address} (${cut.zone})`, since: cut.cutOff };
}

function heartbeat(well: Well, quiet: Silence | null, now: Instant): Check {
  const silent = quiet === null ? now + 1 : quiet.since + SILENCE;
  const passive = { service: 'heartbeat', most: 1, passive: true };
  if (now < silent) return { ...well, ...passive, output: 'heartbeat received' };
  const output = `no heartbeat from ${quiet?.of} for ${SILENCE / SECOND} s`;
  return { ...well, ...passive, status: 'critical', since: silent, output };
}

/** What pages for a full disk is a check of Nagios. */
function diskChecks(well: Well, state: WorldState, service: PracticeService): Check[] {
  const incident = state.incidents.findLast(
    ({ serviceId, details }) => serviceId === service.pagerId && details.check === DISK_CHECK,
  );
  if (incident === undefined) return [];
  const { mount = '/', value = '' } = incident.details;
  const disk = { service: `disk ${mount}`, most: ATTEMPTS, passive: false };
  if (incident.status === 'resolved') return [{ ...well, ...disk, output: `DISK OK - ${mount}` }];
  return [
    {
      ...well,
      ...disk,
      status: 'warning',
      attempt: ATTEMPTS,
      since: incident.createdAt - 2 * RETRY,
      output: `DISK WARNING - ${mount} is ${value} full`,
      known: acknowledgement(state, incident),
    },
  ];
}

/** Whoever takes the page takes the check along. */
function acknowledgement(state: WorldState, { acknowledgers }: PracticeIncident): Check['known'] {
  const [first] = acknowledgers;
  const person = state.people.find(({ id }) => id === first?.personId);
  return first === undefined || person === undefined ? null : { by: person.email, at: first.at };
}

/** Since its stack was last put up. */
function startOf(state: WorldState, service: PracticeService, environment: EnvironmentName): Instant {
  const stack = state.stacks.find(({ name }) => name === service.stacks[environment]);
  return stack?.updatedAt ?? stack?.createdAt ?? 0;
}
