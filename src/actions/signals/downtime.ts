import { HOUR, rfc3339, SECOND } from '../../model/instant.ts';
import { type Action, sight } from '../action.ts';
import { TAKE_BACK } from '../take-back.ts';
import { ActionError, type ActionRequest, type Confirm } from '../types.ts';
import {
  commentOf,
  monitorFor,
  namingSignal,
  readOrNull,
  readSignal,
  SIGNAL_PATIENCE_MS,
  signalDraft,
} from './signal.ts';

type Downtime = Extract<ActionRequest, { action: 'downtime_signal' }>;

const LONGEST_S = 7 * 24 * 3600;

/** Tells a monitoring system that something is down on purpose for a while: it calls nobody about it until then. */
export const downtimeSignal: Action<Downtime> = {
  async draft(context, request, { intent, signal: stop }) {
    const { seconds } = request;
    if (!Number.isInteger(seconds) || seconds < 60 || seconds > LONGEST_S)
      throw new ActionError('A downtime lasts from 1 minute to 7 days: such as 30m, 4h, 1d.');
    const monitor = await monitorFor(context, request, 'downtime');
    const signal = await readSignal(monitor, request.signal, stop);
    const until = rfc3339(context.systems.now(request.system) + seconds * SECOND);
    const guarded = context.catalog.environments.some(
      (each) => each.name === request.environment && each.guarded,
    );
    const confirm: Confirm = guarded
      ? { kind: 'typed', word: signal.service ?? 'downtime' }
      : { kind: 'key' };
    return signalDraft(signal, {
      title: `Downtime for ${namingSignal(signal)}`,
      lines: [
        `Until about ${until} (${lasting(seconds)}) ${monitor.system} calls nobody about it.`,
        'Incidents that are open already stay open.',
        TAKE_BACK.downtime_signal,
      ],
      checks: [],
      confirm,
      facts: [signal.source, signal.id, signal.inDowntime, seconds],
      from: signal.inDowntime ? 'downtime' : 'open',
      to: 'downtime',
      async recheck(deadline) {
        const now = await readOrNull(monitor, request.signal, deadline);
        if (now === null) return { kind: 'moved', text: `${namingSignal(signal)} is over.` };
        return now.inDowntime
          ? { kind: 'already', text: `${namingSignal(now)} is in downtime already. Nothing sent.` }
          : { kind: 'same' };
      },
      async send(from, deadline) {
        const comment = commentOf(from, intent);
        await monitor.change({ kind: 'downtime', id: request.signal, seconds, comment }, from, deadline);
      },
    });
  },
  outlook: (context, _intent, request) => ({
    system: request.system,
    patienceMs: SIGNAL_PATIENCE_MS,
    async look(stop) {
      const monitor = await monitorFor(context, request, 'downtime');
      const now = await readOrNull(monitor, request.signal, stop);
      if (now === null) return sight('done', 'It is over: there is nothing left to be silent about.');
      return now.inDowntime
        ? sight('done', `In downtime: ${namingSignal(now)}.`)
        : sight('none', `${namingSignal(now)} is not in downtime yet.`);
    },
  }),
};

function lasting(seconds: number): string {
  const hours = (seconds * SECOND) / HOUR;
  return hours >= 1 ? `${Math.round(hours * 10) / 10} h` : `${Math.round(seconds / 60)} min`;
}
