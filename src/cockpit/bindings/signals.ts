import { TAKE_BACK } from '../../actions/take-back.ts';
import type { ActionName } from '../../actions/types.ts';
import type { Cockpit } from '../cockpit.ts';
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
import { assignAsSuggested, needsSignalSuggestion } from '../verbs/suggested.ts';

type Row = Omit<Binding, 'scope' | 'dangerous' | 'disabledReason' | 'note'>;

/** A row of something that is done to a signal: off where its system cannot, or where it `lacks` something. */
function row(action: ActionName, lacks: (cockpit: Cockpit) => string | null, binding: Row): Binding {
  return {
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
  row('acknowledge_signal', needsChange('acknowledge'), {
    id: 'acknowledge-signal',
    keys: ['a'],
    overrides: 'acknowledge',
    label: 'ack',
    help: 'acknowledge it, where its system can',
    hint: 1,
    run: acknowledgeSignal,
  }),
  row('assign_ticket', needsChange('assign'), {
    id: 'assign-ticket',
    keys: ['r'],
    overrides: 'reroute',
    label: 'assign',
    help: 'give the ticket to a squad',
    hint: 2,
    run: assignTicket,
  }),
  row('assign_ticket', needsSignalSuggestion, {
    id: 'assign-suggested',
    keys: ['S'],
    overrides: 'reroute-suggested',
    label: 'to suggested',
    help: 'give the ticket to the suggested squad',
    hint: 59,
    run: assignAsSuggested,
  }),
  row('downtime_signal', needsChange('downtime'), {
    id: 'downtime-signal',
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
