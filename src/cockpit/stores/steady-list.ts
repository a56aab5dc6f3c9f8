/**
 * An order that never changes under somebody's cursor: keys keep their places while they are refreshed. What is new
 * stands above everything known and waits there to be looked at; what is gone stays where it was until `settle`.
 */
export interface SteadyList {
  readonly order: readonly string[];
  /** No longer in the source. */
  readonly gone: ReadonlySet<string>;
  /** Came since the first reading and was not on the screen yet. */
  readonly unseen: ReadonlySet<string>;
  /** Whether there was a first reading. */
  readonly begun: boolean;
}

export const EMPTY_LIST: SteadyList = { order: [], gone: new Set(), unseen: new Set(), begun: false };

/** Takes in a reading; `fresh` is in the order of the first sight (worst and newest first). */
export function refresh(list: SteadyList, fresh: readonly string[]): SteadyList {
  // Nothing is left to keep a cursor on: begin anew.
  const nothingLeft = list.order.every((key) => list.gone.has(key));
  if (!list.begun || (nothingLeft && fresh.some((key) => !list.order.includes(key)))) {
    return { order: fresh, gone: new Set(), unseen: list.begun ? new Set(fresh) : new Set(), begun: true };
  }
  const known = new Set(list.order);
  const present = new Set(fresh);
  const added = fresh.filter((key) => !known.has(key));
  const gone = list.order.filter((key) => !present.has(key));
  return {
    order: added.length === 0 ? list.order : [...added, ...list.order],
    gone: new Set(gone),
    unseen: new Set([...added, ...[...list.unseen].filter((key) => present.has(key))]),
    begun: true,
  };
}

/** Those keys have been on the screen. */
export function look(list: SteadyList, shown: readonly string[]): SteadyList {
  if (!shown.some((key) => list.unseen.has(key))) return list;
  const unseen = new Set(list.unseen);
  for (const key of shown) unseen.delete(key);
  return { ...list, unseen };
}

/** At the person's own hand: drops what is gone, but never `keep`. */
export function settle(list: SteadyList, keep: string | null): SteadyList {
  if (list.gone.size === 0) return list;
  const stays = (key: string) => key === keep || !list.gone.has(key);
  if (list.order.every(stays)) return list;
  const order = list.order.filter(stays);
  return { ...list, order, gone: new Set(order.filter((key) => list.gone.has(key))) };
}

/** At the person's own hand: the order of the first sight again. */
export function sortAgain(list: SteadyList, sorted: readonly string[]): SteadyList {
  return { ...list, order: [...sorted, ...list.order.filter((key) => !sorted.includes(key))] };
}
