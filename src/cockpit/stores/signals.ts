import { signalKey, worstSignalsFirst } from '../../insight/signals.ts';
import type { Reading } from '../../model/reading.ts';
import type { Signal } from '../../model/signal.ts';
import type { SignalsView } from '../../watch/types.ts';
import { type Anchor, place, step } from './anchor.ts';
import { EMPTY_LIST, look, refresh, type SteadyList, settle, sortAgain } from './steady-list.ts';

export interface SignalsPaneView {
  /** One for each monitoring system, as last read. */
  readonly readings: readonly Reading<SignalsView>[];
  readonly list: SteadyList;
  /** Last known state of every signal in the list, by `signalKey`. */
  readonly known: ReadonlyMap<string, Signal>;
  readonly anchor: Anchor | null;
  /** The signal whose details are shown instead of the list. */
  readonly opened: string | null;
  /** First row of the details that is drawn. */
  readonly scroll: number;
}

export const NO_SIGNALS: SignalsPaneView = {
  readings: [],
  list: EMPTY_LIST,
  known: new Map(),
  anchor: null,
  opened: null,
  scroll: 0,
};

/**
 * Takes in what all systems say now. While the pane is looked at (`steady`) no row moves under the cursor; else it shows
 * what is, worst first. A system that has not answered yet says nothing.
 */
export function takeInSignals(
  view: SignalsPaneView,
  readings: readonly Reading<SignalsView>[],
  steady: boolean,
): SignalsPaneView {
  if (readings.every(({ value }) => value === null)) return { ...view, readings };
  const signals = readings.flatMap(({ value }) => value?.signals ?? []);
  const before = steady || view.opened !== null ? view.list : EMPTY_LIST;
  const list = refresh(before, worstSignalsFirst(signals).map(signalKey));
  const known = new Map([...view.known].filter(([key]) => list.order.includes(key)));
  for (const signal of signals) known.set(signalKey(signal), signal);
  const stays = before.begun && view.anchor !== null && list.order.includes(view.anchor.key);
  const [first] = list.order;
  const anchor = stays ? view.anchor : first === undefined ? null : { key: first, row: 0 };
  return { ...view, readings, list, known, anchor };
}

/** How many signals above the window nobody has seen yet. */
export function unseenSignals(view: SignalsPaneView, visible: readonly string[], height: number): number {
  const { top } = place(visible, view.anchor, height);
  return visible.slice(0, top).filter((key) => view.list.unseen.has(key)).length;
}

/** Moves the cursor by hand: this is when what is over leaves. */
export function moveSignal(
  view: SignalsPaneView,
  visible: readonly string[],
  delta: number,
  height: number,
): SignalsPaneView {
  const anchor = step(visible, view.anchor, delta, height);
  if (anchor === null) return view;
  const settled = settle(view.list, anchor.key);
  const keys = visible.filter((key) => settled.order.includes(key));
  const row = Math.min(anchor.row, keys.indexOf(anchor.key));
  const { top } = place(keys, { key: anchor.key, row }, height);
  const list = look(settled, keys.slice(top, top + height));
  return { ...view, list, anchor: { key: anchor.key, row } };
}

/** The order of the first sight again, by hand: the cursor keeps its signal. */
export function reorderSignals(view: SignalsPaneView): SignalsPaneView {
  const list = settle(view.list, view.anchor?.key ?? null);
  const present = [...view.known].filter(([key]) => list.order.includes(key) && !list.gone.has(key));
  const sorted = worstSignalsFirst(present.map(([, signal]) => signal)).map(signalKey);
  return { ...view, list: sortAgain(list, sorted) };
}
