import { TAKE_BACK } from '../../actions/take-back.ts';
import type { ActionName } from '../../actions/types.ts';
import type { Cockpit } from '../cockpit.ts';
import type { Binding } from '../keymap.ts';
import { subject, targets } from '../selectors.ts';
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
import { needsRollback, rollForward, watched } from '../verbs/roll-forward.ts';
import { needsStack, rollback } from '../verbs/rollback.ts';
import { needsSuggestion, rerouteAsSuggested } from '../verbs/suggested.ts';
import { needsWaiting, unblock } from '../verbs/unblock.ts';

/** What an action is about. */
interface About {
  /** Why it lacks its object; null: it has one. */
  readonly lacks: (cockpit: Cockpit) => string | null;
  /** The one service that it would change; null: none, or several. */
  readonly service: (cockpit: Cockpit) => string | null;
}

/** Of the chosen incidents, while they all are of one service. */
function serviceOfTargets({ view }: Cockpit): string | null {
  const [first, ...others] = new Set(targets(view.get()).map(({ service }) => service));
  return others.length === 0 ? (first ?? null) : null;
}

const INCIDENTS: About = { lacks: needsIncident, service: serviceOfTargets };
const SUGGESTED: About = { lacks: needsSuggestion, service: serviceOfTargets };
const INCIDENT: About = { lacks: needsOneIncident, service: serviceOfTargets };
const STACK: About = { lacks: needsStack, service: ({ view }) => subject(view.get())?.service ?? null };

const WAITING: About = { lacks: needsWaiting, service: ({ view }) => subject(view.get())?.service ?? null };

/** A row of something that changes the world: off where the action itself is, or where it lacks its object. */
function row(
  action: ActionName,
  { lacks, service }: About,
  binding: Omit<Binding, 'scope' | 'dangerous' | 'disabledReason' | 'note'>,
): Binding {
  return {
    scope: 'global',
    dangerous: true,
    note: TAKE_BACK[action],
    disabledReason: (cockpit) => cockpit.actions.disabledReason(action, service(cockpit)) ?? lacks(cockpit),
    ...binding,
  };
}

/** Keys that change the world. */
export const actionBindings: readonly Binding[] = [
  row('acknowledge', INCIDENTS, {
    id: 'acknowledge',
    keys: ['a'],
    label: 'ack',
    help: 'acknowledge the incident, or all marked',
    hint: 1,
    run: acknowledge,
  }),
  row('reroute', INCIDENTS, {
    id: 'reroute',
    keys: ['r'],
    label: 're-route',
    help: 'send it to a squad; shows who will be paged',
    hint: 2,
    run: reroute,
  }),
  row('reroute', SUGGESTED, {
    id: 'reroute-suggested',
    keys: ['S'],
    label: 'to suggested',
    help: 'send it to the suggested squad; shows who will be paged',
    hint: 59,
    run: (cockpit) => void rerouteAsSuggested(cockpit),
  }),
  row('rollback', STACK, {
    id: 'rollback',
    keys: ['b'],
    label: 'roll back',
    help: 'roll back, cancel or continue an update',
    hint: 3,
    run: (cockpit) => void rollback(cockpit),
  }),
  row('unblock_deploy', WAITING, {
    id: 'unblock',
    keys: ['u'],
    label: ({ focus }) => (focus === 'deploys' ? 'unblock' : ''),
    help: 'let a deploy go on that waits for a person',
    hint: 9,
    run: unblock,
  }),
  row('note', INCIDENT, {
    id: 'note',
    keys: ['n'],
    label: 'note',
    help: 'write a note on the incident',
    hint: 4,
    run: note,
  }),
  row('escalate', INCIDENT, {
    id: 'escalate',
    keys: ['E'],
    label: 'escalate',
    help: 'page the next level now',
    hint: 61,
    run: escalate,
  }),
  row('snooze', INCIDENT, {
    id: 'snooze',
    keys: ['s'],
    label: 'snooze',
    help: 'quiet for a while, then it triggers again',
    hint: 62,
    run: snooze,
  }),
  {
    id: 'roll-forward',
    keys: ['f'],
    scope: 'progress',
    label: '',
    help: 'when a rollback is done: roll forward again',
    dangerous: true,
    palette: false,
    disabledReason: (cockpit) =>
      needsRollback(cockpit) ?? cockpit.actions.disabledReason('rollback', watched(cockpit)?.service),
    run: rollForward,
  },
  row('resolve', INCIDENTS, {
    id: 'resolve',
    keys: ['R'],
    label: 'resolve',
    help: 'resolve the incident, or all marked',
    hint: 63,
    run: resolve,
  }),
];
