import type { Cockpit } from '../cockpit.ts';
import type { View } from '../stores/view.ts';

/** Moves the cursor of the table that a search made; ±Infinity goes to an end. */
export function moveTable(cockpit: Cockpit, delta: number): void {
  cockpit.view.update((view) => {
    const { held } = view.logs;
    if (held?.search?.table == null) return view;
    const last = held.search.table.rows.length - 1;
    const row = Math.max(0, Math.min(last, held.search.row + delta));
    return { ...view, logs: { ...view.logs, held: { ...held, search: { ...held.search, row } } } };
  });
}

/** The row under the cursor, its cells with tabs between; null: there is none. */
export function currentRow({ logs: { held } }: View): string | null {
  const cells = held?.search?.table?.rows[held.search.row];
  return cells?.join('\t') ?? null;
}
