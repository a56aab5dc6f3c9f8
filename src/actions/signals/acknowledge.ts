import type { Signal } from '../../model/signal.ts';
import { type Action, sight } from '../action.ts';
import { TAKE_BACK } from '../take-back.ts';
import type { ActionRequest } from '../types.ts';
import {
  commentOf,
  monitorFor,
  namingSignal,
  readOrNull,
  readSignal,
  SIGNAL_PATIENCE_MS,
  signalDraft,
} from './signal.ts';

type AcknowledgeSignal = Extract<ActionRequest, { action: 'acknowledge_signal' }>;

/** Says "I am on it" in the system that told of it. */
export const acknowledgeSignal: Action<AcknowledgeSignal> = {
  async draft(context, request, { intent, signal: stop }) {
    const monitor = await monitorFor(context, request, 'acknowledge');
    const signal = await readSignal(monitor, request.signal, stop);
    return signalDraft(signal, {
      title: `Acknowledge ${namingSignal(signal)}`,
      lines: [`${namingSignal(signal)}: ${signal.severity}.`, TAKE_BACK.acknowledge_signal],
      checks: [],
      confirm: { kind: 'none' },
      facts: [signal.source, signal.id, signal.acknowledged],
      from: signal.acknowledged ? 'acknowledged' : 'open',
      to: 'acknowledged',
      async recheck(deadline) {
        const now = await readOrNull(monitor, request.signal, deadline);
        if (now === null) return { kind: 'already', text: `${namingSignal(signal)} is over. Nothing sent.` };
        return now.acknowledged
          ? { kind: 'already', text: `Already ${acknowledged(now)}. Nothing sent.` }
          : { kind: 'same' };
      },
      async send(from, deadline) {
        const comment = commentOf(from, intent);
        await monitor.change({ kind: 'acknowledge', id: request.signal, comment }, from, deadline);
      },
    });
  },
  outlook: (context, _intent, request) => ({
    system: request.system,
    patienceMs: SIGNAL_PATIENCE_MS,
    async look(stop) {
      const monitor = await monitorFor(context, request, 'acknowledge');
      const now = await readOrNull(monitor, request.signal, stop);
      if (now === null) return sight('done', 'It is over: there is nothing left to acknowledge.');
      return now.acknowledged
        ? sight('done', `Now ${acknowledged(now)}.`)
        : sight('none', `${namingSignal(now)} is not acknowledged yet.`);
    },
  }),
};

function acknowledged(signal: Signal): string {
  const by = signal.acknowledgedBy === null ? '' : ` by ${signal.acknowledgedBy}`;
  return `acknowledged${by}: ${namingSignal(signal)}`;
}
