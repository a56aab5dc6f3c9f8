import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { place } from '../../../src/cockpit/stores/anchor.ts';
import { moveCursor, reorder, takeIn, unseenAbove } from '../../../src/cockpit/stores/incidents.ts';
import { type IncidentsView, initialView } from '../../../src/cockpit/stores/view.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { incident } from '../../component/story.ts';

const empty = initialView('prod').incidents;
const HEIGHT = 8;

const someIncidents = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 30 }).map((n) => `Q${n}`),
    status: fc.constantFrom<Incident['status'][]>('triggered', 'acknowledged'),
    urgency: fc.constantFrom<Incident['urgency'][]>('high', 'low'),
    triggeredAt: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  { selector: ({ id }) => id, maxLength: 25 },
);

const open = (wanted: readonly Partial<Incident>[]) => wanted.map((each) => incident(each.id ?? 'Q1', each));

/** Which incident stands on which row of the pane. */
function rows(view: IncidentsView): readonly string[] {
  const { top } = place(view.list.order, view.anchor, HEIGHT);
  return view.list.order.slice(top, top + HEIGHT);
}

const cursorRow = (view: IncidentsView) => rows(view).indexOf(view.anchor?.key ?? '');

describe('rows of the incidents', () => {
  it('never move under the cursor on a refresh, whatever comes and goes', () => {
    fc.assert(
      fc.property(
        someIncidents,
        fc.array(fc.integer({ min: -12, max: 12 }), { maxLength: 6 }),
        fc.array(someIncidents, { minLength: 1, maxLength: 6 }),
        (first, moves, refreshes) => {
          let view = takeIn(empty, open(first));
          for (const delta of moves) view = moveCursor(view, view.list.order, delta, HEIGHT);
          for (const next of refreshes) {
            const before = view;
            view = takeIn(view, open(next));
            if (before.list.order.every((id) => before.list.gone.has(id))) continue;
            if (before.list.order.every((id) => !next.some((each) => each.id === id))) continue;
            // Everything that is drawn from the cursor down, and up, stays where it was.
            expect(view.anchor).toEqual(before.anchor);
            expect(cursorRow(view)).toBe(cursorRow(before));
            expect(rows(view)).toEqual(rows(before));
          }
        },
      ),
    );
  });

  it('keeps every incident exactly once and the cursor on one of them', () => {
    fc.assert(
      fc.property(
        fc.array(someIncidents, { maxLength: 8 }),
        fc.array(fc.integer({ min: -9, max: 9 })),
        (refreshes, moves) => {
          let view = empty;
          for (const next of refreshes) {
            view = takeIn(view, open(next));
            for (const delta of moves) view = moveCursor(view, view.list.order, delta, HEIGHT);
            expect(new Set(view.list.order).size).toBe(view.list.order.length);
            for (const { id } of next) expect(view.list.order).toContain(id);
            if (view.list.order.length > 0) expect(cursorRow(view)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });

  it('announce what is new above until it was on the screen', () => {
    let view = takeIn(empty, open([{ id: 'Q1' }, { id: 'Q2', status: 'acknowledged' }]));
    view = takeIn(
      view,
      open([{ id: 'Q1' }, { id: 'Q2', status: 'acknowledged' }, { id: 'Q3' }, { id: 'Q4' }]),
    );
    expect(unseenAbove(view, view.list.order, HEIGHT)).toBe(2);
    view = moveCursor(view, view.list.order, -1, HEIGHT);
    expect(unseenAbove(view, view.list.order, HEIGHT)).toBe(1);
    view = moveCursor(view, view.list.order, Number.NEGATIVE_INFINITY, HEIGHT);
    expect(unseenAbove(view, view.list.order, HEIGHT)).toBe(0);
  });

  it('begin worst and newest first, and do so again when asked', () => {
    const low = { id: 'Q1', urgency: 'low' as const };
    let view = takeIn(empty, open([low, { id: 'Q2', triggeredAt: 5 }, { id: 'Q3', triggeredAt: 9 }]));
    expect(view.list.order).toEqual(['Q3', 'Q2', 'Q1']);
    view = takeIn(
      view,
      open([{ id: 'Q1' }, { id: 'Q2', status: 'acknowledged' }, { id: 'Q3', triggeredAt: 9 }]),
    );
    expect(view.list.order).toEqual(['Q3', 'Q2', 'Q1']);
    expect(reorder(view).list.order).toEqual(['Q1', 'Q3', 'Q2']);
  });

  it('let go of what was resolved once the cursor moves', () => {
    let view = takeIn(empty, open([{ id: 'Q1' }, { id: 'Q2' }, { id: 'Q3' }]));
    view = takeIn(view, open([{ id: 'Q2' }, { id: 'Q3' }]));
    expect(view.list.order).toContain('Q1');
    view = moveCursor(view, view.list.order, 1, HEIGHT);
    expect(view.list.order).not.toContain('Q1');
  });
});
