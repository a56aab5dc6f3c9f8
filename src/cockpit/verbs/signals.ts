import { cannot } from '../../actions/signals/signal.ts';
import { TAKE_BACK } from '../../actions/take-back.ts';
import { signalKey } from '../../insight/signals.ts';
import type { SignalChange } from '../../model/ports/index.ts';
import type { Signal } from '../../model/signal.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { currentSignal, subject } from '../selectors.ts';
import { forgetSubject } from '../stores/view.ts';
import { suggestedForSignal } from '../suggestions.ts';
import { request } from './act.ts';
import { choose } from './dialogs.ts';

export function needsSignal({ view }: Cockpit): string | null {
  return currentSignal(view.get()) === null ? 'There is no signal here' : null;
}

/** Why that cannot be done to the chosen signal; null: it can. */
export function needsChange(kind: SignalChange['kind']): (cockpit: Cockpit) => string | null {
  return (cockpit) => {
    const view = cockpit.view.get();
    const signal = currentSignal(view);
    if (signal === null) return needsSignal(cockpit);
    if (view.signals.list.gone.has(signalKey(signal))) return 'It is over';
    const reading = view.signals.readings.find(({ source }) => source === signal.source);
    if (reading?.value?.can.includes(kind) !== true) return cannot(signal.source, kind);
    if (kind === 'acknowledge' && signal.acknowledged)
      return `It is acknowledged already${signal.acknowledgedBy === null ? '' : ` by ${signal.acknowledgedBy}`}`;
    return kind === 'downtime' && signal.inDowntime ? 'It is in downtime already' : null;
  };
}

/** Its details in the place of the list; the other panes turn to its service, unless they are pinned. */
export function openSignal(cockpit: Cockpit): void {
  const view = cockpit.view.get();
  const signal = currentSignal(view);
  if (signal === null) return;
  const opened = { ...view, signals: { ...view.signals, opened: signalKey(signal), scroll: 0 } };
  const { service } = signal;
  const turned = service === null || view.pinned !== null ? opened : { ...opened, visited: service };
  const moved = subject(turned)?.service !== subject(view)?.service;
  cockpit.view.set(moved ? forgetSubject(turned) : turned);
  if (moved) say(cockpit, `Deploys, fleet and logs show ${service}`);
}

export function acknowledgeSignal(cockpit: Cockpit): void {
  withSignal(cockpit, (target) =>
    request(cockpit, { action: 'acknowledge_signal', ...target }, 'Planning the acknowledgement'),
  );
}

const DOWNTIMES: readonly (readonly [label: string, seconds: number])[] = [
  ['30 minutes', 30 * 60],
  ['1 hour', 3600],
  ['2 hours', 2 * 3600],
  ['4 hours', 4 * 3600],
  ['8 hours', 8 * 3600],
  ['1 day', 24 * 3600],
];

export function downtimeSignal(cockpit: Cockpit): void {
  withSignal(cockpit, (target, signal) =>
    choose(
      cockpit,
      `Downtime for ${signal.title}: how long?`,
      TAKE_BACK.downtime_signal,
      DOWNTIMES.map(([label, seconds]) => ({
        label,
        note: '',
        pick: () =>
          void request(cockpit, { action: 'downtime_signal', ...target, seconds }, 'Planning the downtime'),
      })),
      1,
    ),
  );
}

export function assignTicket(cockpit: Cockpit): void {
  withSignal(cockpit, (target, signal) => {
    const { squads } = cockpit.catalog;
    const suggested = suggestedForSignal(cockpit, signal);
    const likely = suggested?.squad ?? signal.squad;
    choose(
      cockpit,
      `Give ${signal.title} to which squad?`,
      suggested === null
        ? 'nobody is paged for it'
        : `suggested: ${suggested.reason}; nobody is paged for it`,
      squads.map(({ id, name }) => ({
        label: name,
        note: id === signal.squad ? 'has it now' : id === suggested?.squad ? 'suggested' : '',
        pick: () =>
          void request(cockpit, { action: 'assign_ticket', ...target, squad: id }, 'Reading the ticket'),
      })),
      squads.findIndex(({ id }) => id === likely),
    );
  });
}

interface Target {
  readonly system: string;
  readonly signal: string;
  readonly environment: string;
}

function withSignal(cockpit: Cockpit, act: (target: Target, signal: Signal) => unknown): void {
  const { environment } = cockpit.view.get();
  const signal = currentSignal(cockpit.view.get());
  if (signal !== null) void act({ system: signal.source, signal: signal.id, environment }, signal);
}
