import { worstFirst } from '../../insight/incidents.ts';
import type { Incident } from '../../model/incident.ts';
import { type Anchor, place, step } from './anchor.ts';
import { look, refresh, settle, sortAgain } from './steady-list.ts';
import type { IncidentsView } from './view.ts';

/** Takes in a reading: no row moves under the cursor. `visible` are the ids that the filter lets through now. */
export function takeIn(
  view: IncidentsView,
  incidents: readonly Incident[],
  visible: readonly string[] = view.list.order,
): IncidentsView {
  const list = refresh(
    view.list,
    worstFirst(incidents).map(({ id }) => id),
  );
  const kept = new Set(list.order);
  const known = new Map([...view.known].filter(([id]) => kept.has(id)));
  for (const incident of incidents) known.set(incident.id, incident);
  const marks = new Set([...view.marks].filter((id) => kept.has(id) && !list.gone.has(id)));
  const begunAnew = !view.list.order.every((id) => kept.has(id));
  const [first] = list.order;
  const top = first === undefined ? null : { key: first, row: 0 };
  const anchor = view.anchor === null || begunAnew ? top : asDrawn(view.anchor, visible);
  return { ...view, list, known, marks: marks.size === view.marks.size ? view.marks : marks, anchor };
}

/** The anchor on the row where it is really drawn: a short list has none as far down as it once was. */
function asDrawn(anchor: Anchor, visible: readonly string[]): Anchor {
  const index = visible.indexOf(anchor.key);
  return index < 0 || index >= anchor.row ? anchor : { ...anchor, row: index };
}

/** Moves the cursor by hand: this is when what is gone leaves, and what is drawn counts as seen. */
export function moveCursor(
  view: IncidentsView,
  visible: readonly string[],
  delta: number,
  height: number,
): IncidentsView {
  const anchor = step(visible, view.anchor, delta, height);
  if (anchor === null) return view;
  const settled = settle(view.list, anchor.key);
  const left = new Set(settled.order);
  const keys = visible.filter((key) => left.has(key));
  const removedAbove = visible.indexOf(anchor.key) - keys.indexOf(anchor.key);
  const { top } = place(visible, anchor, height);
  const row = top >= removedAbove ? anchor.row : Math.min(anchor.row, keys.indexOf(anchor.key));
  return seen({ ...view, list: settled, anchor: { key: anchor.key, row } }, keys, height);
}

/** What stands in the window now counts as seen. */
export function seen(view: IncidentsView, visible: readonly string[], height: number): IncidentsView {
  const { top } = place(visible, view.anchor, height);
  const list = look(view.list, visible.slice(top, top + height));
  return list === view.list ? view : { ...view, list };
}

/** The order of the first sight again, by hand: the cursor keeps its incident. */
export function reorder(view: IncidentsView): IncidentsView {
  const list = settle(view.list, view.anchor?.key ?? null);
  const present = [...view.known.values()].filter(({ id }) => list.order.includes(id) && !list.gone.has(id));
  return {
    ...view,
    list: sortAgain(
      list,
      worstFirst(present).map(({ id }) => id),
    ),
  };
}

/** How many incidents above the window nobody has seen yet. */
export function unseenAbove(view: IncidentsView, visible: readonly string[], height: number): number {
  const { top } = place(visible, view.anchor, height);
  return visible.slice(0, top).filter((key) => view.list.unseen.has(key)).length;
}
