import { type Instant, SECOND } from '../../../model/instant.ts';
import type { PracticeInstance, PracticeService, WorldState } from '../../world/state.ts';
import type { Check } from './checks.ts';

/** An active check looks each minute, and each half minute once it has found something. */
export const FIRST_LOOK = 60 * SECOND;
export const RETRY = 30 * SECOND;
export const ATTEMPTS = 3;

/** A machine that nothing reaches, and since when. */
export type CutOff = PracticeInstance & { readonly cutOff: Instant };

export function attemptAt(found: Instant, now: Instant): number {
  return Math.min(ATTEMPTS, 1 + Math.floor((now - found) / RETRY));
}

/** The machines that one host stands for. */
export function machinesOf(
  { instances }: WorldState,
  service: PracticeService,
  environment: string,
): readonly PracticeInstance[] {
  return instances.filter(
    ({ tags, lifecycle }) =>
      tags.service === service.name && tags.environment === environment && lifecycle === 'InService',
  );
}

/** The longest silent first. */
export function cutOffIn(machines: readonly PracticeInstance[]): readonly CutOff[] {
  return machines.filter(isCutOff).sort((one, other) => one.cutOff - other.cutOff);
}

/** Pings all machines of the host; it is down while one does not answer. */
export function hostCheck(
  { host, since }: Pick<Check, 'host' | 'since'>,
  machines: readonly PracticeInstance[],
  now: Instant,
): Check {
  const check = { host, service: null, most: ATTEMPTS, passive: false, known: null };
  const [first] = cutOffIn(machines);
  const found = first === undefined ? now + 1 : first.cutOff + FIRST_LOOK;
  if (now < found) {
    const output = 'PING OK - Packet loss = 0%, RTA = 0.61 ms';
    return { ...check, status: 'up', attempt: 1, since, output };
  }
  const told = machines.map(({ address, zone, cutOff }) =>
    cutOff === null
      ? `${address} (${zone}): rta 0.61 ms, lost 0%`
      : `${address} (${zone}): rta nan, lost 100%`,
  );
  const output = `PING CRITICAL - ${told.join(' :: ')}`;
  return { ...check, status: 'down', attempt: attemptAt(found, now), since: found, output };
}

function isCutOff(machine: PracticeInstance): machine is CutOff {
  return machine.cutOff !== null;
}
