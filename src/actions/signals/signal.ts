import { Failure } from '../../model/failure.ts';
import { MINUTE } from '../../model/instant.ts';
import type { Monitors, SignalChange } from '../../model/ports/index.ts';
import type { Signal } from '../../model/signal.ts';
import type { ActionContext, Draft } from '../action.ts';
import { ActionError, type SignalTarget } from '../types.ts';

/** Monitoring systems work off commands in turn: Nagios reads its command file every few seconds. */
export const SIGNAL_PATIENCE_MS = 2 * MINUTE;

/** The system that has the signal; throws an `ActionError` where it cannot do that. */
export async function monitorFor(
  { systems }: ActionContext,
  { system }: SignalTarget,
  kind: SignalChange['kind'],
): Promise<Monitors> {
  const monitor = (await systems.monitors()).find((each) => each.system === system);
  if (monitor === undefined)
    throw new ActionError(`There is no monitoring system ${system} in the configuration.`);
  if (monitor.can.includes(kind)) return monitor;
  throw new ActionError(cannot(system, kind));
}

const DOING: Readonly<Record<SignalChange['kind'], string>> = {
  acknowledge: 'be acknowledged',
  downtime: 'be put into downtime',
  assign: 'be assigned to a squad',
};

/** Why a key or an action has nothing to do with the signals of a system. */
export function cannot(system: string, kind: SignalChange['kind']): string {
  return `What ${system} tells cannot ${DOING[kind]} from here.`;
}

/** The signal as it is now; throws an `ActionError` when it is over. */
export async function readSignal(monitor: Monitors, id: string, signal?: AbortSignal): Promise<Signal> {
  const found = await readOrNull(monitor, id, signal);
  if (found === null)
    throw new ActionError(
      `${monitor.system} tells of no signal ${id} now: it is over, or its id is another.`,
    );
  return found;
}

/** null: it is over. */
export async function readOrNull(
  monitor: Monitors,
  id: string,
  signal?: AbortSignal,
): Promise<Signal | null> {
  try {
    return await monitor.signal(id, signal);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'not_found') return null;
    throw thrown;
  }
}

/** `charge-central: CPU load (nagios)`. */
export function namingSignal({ service, title, source }: Signal): string {
  return `${service === null ? '' : `${service}: `}${title} (${source})`;
}

/** What the system keeps beside the change: who did it, and the intent to find it by. */
export function commentOf(who: string, intent: string): string {
  return `${who} with oncall (${intent})`;
}

type SignalDraft = Pick<
  Draft,
  'title' | 'lines' | 'checks' | 'confirm' | 'facts' | 'from' | 'to' | 'recheck' | 'send'
>;

/** The fields that all writes to signals share. A freeze of deploys does not hold for them: they name no environment. */
export function signalDraft(signal: Signal, own: SignalDraft): Draft {
  return {
    ...own,
    service: signal.service,
    environment: null,
    digest: null,
    fromDigest: null,
    incident: null,
    token: null,
    changes: [],
    expectedMs: null,
    system: signal.source,
    targets: [`signal ${signal.source} ${signal.id}`],
  };
}
