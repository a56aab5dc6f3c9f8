import { memo } from 'react';
import { useStore } from '../stores/store.ts';
import type { Line } from '../widgets/line.ts';
import { lackRows, tableLines } from './log-table-lines.ts';
import { type PaneProps, PaneShell, roomIn } from './pane.tsx';

/** What a search by hand made of lines: a table. */
export const LogTablePane = memo(function LogTablePane({ cockpit, rect, focused, boxed }: PaneProps) {
  const view = useStore(cockpit.view);
  const { held } = view.logs;
  const search = held?.search;
  const table = search?.table ?? null;
  const empty = search?.state === 'ended' ? 'Nothing was found' : 'Nothing is found yet';
  const parts: readonly Line[] = [...(held?.parts ?? []), [{ text: 'Esc: the live log', tone: 'muted' }]];
  const lack = search === undefined ? [] : lackRows(search);
  const rows =
    table === null || table.rows.length === 0
      ? [[{ text: ` ${empty}`, tone: 'muted' as const }]]
      : tableLines({
          table,
          row: search?.row ?? 0,
          width: rect.width,
          height: roomIn({ rect, boxed }, lack),
          focused,
        });
  return (
    <PaneShell {...{ rect, focused, boxed, parts }} pane="logs" name="Search" rows={[...lack, ...rows]} />
  );
});
