import type { ActionName } from '../../actions/types.ts';
import type { Cockpit } from '../cockpit.ts';
import type { Binding } from '../keymap.ts';
import {
  acknowledge,
  escalate,
  needsIncident,
  needsOneIncident,
  note,
  reroute,
  resolve,
  snooze,
} from '../verbs/incidents.ts';
import { needsStack, rollback } from '../verbs/rollback.ts';

type Reason = (cockpit: Cockpit) => string | null;

/** A row of something that changes the world: off where the action itself is, or where it lacks its object. */
function row(
  action: ActionName,
  needs: Reason,
  binding: Omit<Binding, 'scope' | 'dangerous' | 'disabledReason'>,
): Binding {
  return {
    scope: 'global',
    dangerous: true,
    disabledReason: (cockpit) => cockpit.actions.disabledReason(action) ?? needs(cockpit),
    ...binding,
  };
}

/** Keys that change the world. */
export const actionBindings: readonly Binding[] = [
  row('acknowledge', needsIncident, {
    id: 'acknowledge',
    keys: ['a'],
    label: 'ack',
    help: 'acknowledge the incident, or all marked',
    hint: 1,
    run: acknowledge,
  }),
  row('reroute', needsIncident, {
    id: 'reroute',
    keys: ['r'],
    label: 're-route',
    help: 'send it to a squad; shows who will be paged',
    hint: 2,
    run: reroute,
  }),
  row('rollback', needsStack, {
    id: 'rollback',
    keys: ['b'],
    label: 'roll back',
    help: 'roll back, cancel or continue an update',
    hint: 3,
    run: (cockpit) => void rollback(cockpit),
  }),
  row('note', needsOneIncident, {
    id: 'note',
    keys: ['n'],
    label: 'note',
    help: 'write a note on the incident',
    hint: 4,
    run: note,
  }),
  row('escalate', needsOneIncident, {
    id: 'escalate',
    keys: ['E'],
    label: 'escalate',
    help: 'page the next level now',
    hint: 61,
    run: escalate,
  }),
  row('snooze', needsOneIncident, {
    id: 'snooze',
    keys: ['s'],
    label: 'snooze',
    help: 'quiet for a while, then it triggers again',
    hint: 62,
    run: snooze,
  }),
  row('resolve', needsIncident, {
    id: 'resolve',
    keys: ['R'],
    label: 'resolve',
    help: 'resolve the incident, or all marked',
    hint: 63,
    run: resolve,
  }),
];
