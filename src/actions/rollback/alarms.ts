import { type AlarmsRead, alarmsAfter } from '../../insight/rollback/alarms.ts';
import { toFailure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { ActionContext } from '../action.ts';
import { within } from '../within.ts';
import type { Place } from './place.ts';

const SYSTEM = 'aws';

/**
 * What the cloud's alarms say of the service now, dead letters and failing functions among them. Never throws: what
 * could not be read is said. null: nothing watches alarms.
 */
export async function alarmsTold(
  { systems, limits }: ActionContext,
  { service, environment }: Place,
  begun: Instant,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const read = async (each: AbortSignal): Promise<AlarmsRead | null> => {
    const monitor = (await systems.monitors()).find(({ system }) => system === SYSTEM);
    return monitor === undefined ? null : { kind: 'read', alarms: await monitor.signals(environment, each) };
  };
  const found = await within(SYSTEM, limits.read, read, signal).catch((thrown: unknown): AlarmsRead => {
    return { kind: 'unread', why: toFailure(SYSTEM, thrown).text };
  });
  return found === null ? null : alarmsAfter(service.name, found, begun);
}
