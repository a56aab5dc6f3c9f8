import { TAKE_BACK } from '../../actions/take-back.ts';
import type { ActionName } from '../../actions/types.ts';
import type { SignalChange } from '../../model/ports/index.ts';
import type { Binding } from '../keymap.ts';
import { currentSignal } from '../selectors.ts';
import { back } from '../verbs/panes.ts';
import {
  acknowledgeSignal,
  assignTicket,
  downtimeSignal,
  needsChange,
  needsSignal,
  openSignal,
} from '../verbs/signals.ts';

/** A row of something that is done to a signal: off where its system cannot. */
function row(
  action: ActionName,
  kind: SignalChange['kind'],
  binding: Omit<Binding, 'scope' | 'dangerous' | 'disabledReason' | 'note' | 'id'>,
): Binding {
  const lacks = needsChange(kind);
  return {
    id: action.replaceAll('_', '-'),
    scope: 'signals',
    dangerous: true,
    note: TAKE_BACK[action],
    disabledReason: (cockpit) =>
      lacks(cockpit) ??
      cockpit.actions.disabledReason(action, currentSignal(cockpit.view.get())?.service ?? null),
    ...binding,
  };
}

/** Keys of the signals pane; where a key acts on incidents elsewhere, here it acts on the signal. */
export const signalBindings: readonly Binding[] = [
  row('acknowledge_signal', 'acknowledge', {
    keys: ['a'],
    overrides: 'acknowledge',
    label: 'ack',
    help: 'acknowledge it, where its system can',
    hint: 1,
    run: acknowledgeSignal,
  }),
  row('assign_ticket', 'assign', {
    keys: ['r'],
    overrides: 'reroute',
    label: 'assign',
    help: 'give the ticket to a squad',
    hint: 2,
    run: assignTicket,
  }),
  row('downtime_signal', 'downtime', {
    keys: ['s'],
    overrides: 'snooze',
    label: 'downtime',
    help: 'quiet for a while, where its system can',
    hint: 3,
    run: downtimeSignal,
  }),
  {
    id: 'open-signal',
    keys: ['enter', 'l', 'right'],
    scope: 'signals',
    label: 'open',
    help: 'open it; the panes turn to its service',
    hint: 10,
    disabledReason: needsSignal,
    run: openSignal,
  },
  {
    id: 'close-signal',
    keys: ['h', 'left'],
    scope: 'signals',
    label: 'back',
    help: 'back to the list',
    palette: false,
    run: back,
  },
];
