import { Box } from 'ink';
import { useContext } from 'react';
import type { Instant } from '../../model/instant.ts';
import { isStale, type Reading } from '../../model/reading.ts';
import type { Cockpit } from '../cockpit.ts';
import type { PaneId, Rect } from '../layout.ts';
import { GuardedContext } from '../look.ts';
import { paneNumber } from '../stores/view.ts';
import { framed, headed, type Title } from '../widgets/frame.ts';
import { staleAge } from '../widgets/header-lines.ts';
import type { Line } from '../widgets/line.ts';
import { Rows } from '../widgets/rows.tsx';

export interface PaneProps {
  readonly cockpit: Cockpit;
  /** Height 1: only the title, which then is the pane's summary. */
  readonly rect: Rect;
  readonly focused: boolean;
  /** With borders on all sides, or only under a title. */
  readonly boxed: boolean;
}

interface PaneShellProps extends Omit<PaneProps, 'cockpit'> {
  readonly pane: PaneId;
  readonly name: string;
  readonly parts: readonly Line[];
  readonly rows: readonly Line[];
}

/** A pane's rows in its frame, at exactly its size. */
export function PaneShell({ pane, name, parts, rows, rect, focused, boxed }: PaneShellProps) {
  const guarded = useContext(GuardedContext);
  const title: Title = {
    guarded,
    number: paneNumber(pane),
    name,
    parts: parts.filter((part) => part.length > 0),
    focused,
  };
  const lines = (boxed ? framed : headed)(title, rows, rect.width, rect.height);
  return (
    <Box flexDirection="column" width={rect.width} height={rect.height} flexShrink={0}>
      <Rows lines={lines} />
    </Box>
  );
}

/** `STALE 3m` once the reading is past its limit or could not be renewed; nothing while it is fresh. */
export function stalePart(reading: Reading<unknown>, now: Instant): Line {
  if (reading.value === null) return [];
  if (reading.error === null && !isStale(reading, now)) return [];
  return [{ text: `STALE ${staleAge(reading, now)}`, tone: 'alarm' }];
}

/** Rows under the title, or between the borders, that the row of trouble leaves. */
export function roomIn({ rect, boxed }: Pick<PaneProps, 'rect' | 'boxed'>, trouble: readonly Line[]): number {
  return Math.max(0, rect.height - (boxed ? 2 : 1) - trouble.length);
}

/** What stands in the panes while no incident and no service is chosen. */
export const NO_SERVICE: readonly Line[] = [[{ text: ' No service is chosen', tone: 'muted' }]];

/** What stands in a pane that has nothing to show. */
export function emptyRows(reading: Reading<unknown>, nothing: string): Line[] {
  if (reading.value !== null) return [[{ text: ` ${nothing}`, tone: 'muted' }]];
  if (reading.error !== null)
    return [[{ text: ` ${reading.error.system}: ${reading.error.message}`, tone: 'warn' }]];
  return [[{ text: ' reading…', tone: 'muted' }]];
}

/** The row that says why old data is shown. */
export function troubleRows(reading: Reading<unknown>): Line[] {
  if (reading.error === null || reading.value === null) return [];
  return [[{ text: ` ${reading.error.system}: ${reading.error.message}`, tone: 'warn' }]];
}

export function filterPart(filter: string): Line {
  return filter === '' ? [] : [{ text: `/${filter}`, tone: 'accent' }];
}
