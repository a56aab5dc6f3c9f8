import { Box } from 'ink';
import type { Cockpit } from '../cockpit.ts';
import type { Rect } from '../layout.ts';
import { fleetOf } from '../selectors.ts';
import type { Dialog } from '../stores/dialog.ts';
import { useStore } from '../stores/store.ts';
import { useReading } from '../stores/use-reading.ts';
import { paletteEntries } from '../verbs/palette.ts';
import { Rows } from '../widgets/rows.tsx';
import { type DialogContent, dialogLines, wantedRows } from './box.ts';
import { helpContent } from './help.ts';
import { chooseContent, paletteContent, textContent } from './lists.ts';
import { planContent } from './plan.ts';
import { progressContent } from './progress.ts';

interface DialogViewProps {
  readonly cockpit: Cockpit;
  readonly dialog: Dialog;
  readonly rect: Rect;
}

/** The dialog that has the keys; the rows that it leaves free are the panes'. */
export function DialogView({ cockpit, dialog, rect }: DialogViewProps) {
  if (dialog.kind === 'progress') return <ProgressView cockpit={cockpit} id={dialog.run} rect={rect} />;
  const content = contentOf(cockpit, dialog, rect.width);
  return content === null ? null : <Boxed content={content} rect={rect} />;
}

/** Rows that a dialog takes of those there are. */
export function dialogRows(cockpit: Cockpit, dialog: Dialog, rect: Rect): number {
  if (dialog.kind === 'progress') return Math.min(rect.height, 22);
  const content = contentOf(cockpit, dialog, rect.width);
  return content === null ? 0 : Math.min(rect.height, wantedRows(content));
}

function contentOf(cockpit: Cockpit, dialog: Dialog, width: number): DialogContent | null {
  switch (dialog.kind) {
    case 'help':
      return helpContent(cockpit.keymap, dialog.scroll, width);
    case 'palette':
      return paletteContent(dialog.text, dialog.index, paletteEntries(cockpit, dialog.text), width);
    case 'choose':
      return chooseContent(dialog, width);
    case 'text':
      return textContent(dialog, width);
    case 'wait':
      return { title: dialog.title, body: [[{ text: 'reading…', tone: 'muted' }]], foot: [], scroll: 0 };
    case 'plan':
      return planContent(dialog, width);
    case 'filter':
    case 'progress':
      return null;
  }
}

function ProgressView({
  cockpit,
  id,
  rect,
}: {
  readonly cockpit: Cockpit;
  readonly id: string;
  readonly rect: Rect;
}) {
  const run = useStore(cockpit.runs).find((each) => each.id === id);
  const service = run?.service ?? null;
  const environment = run?.environment ?? '';
  const groups = useReading(service === null ? null : { service, environment }, (at) => fleetOf(cockpit, at));
  if (run === undefined) return null;
  return <Boxed content={progressContent(run, groups.value ?? [], rect.width, rect.height)} rect={rect} />;
}

function Boxed({ content, rect }: { readonly content: DialogContent; readonly rect: Rect }) {
  return (
    <Box flexDirection="column" width={rect.width} height={rect.height} flexShrink={0}>
      <Rows lines={dialogLines(content, rect.width, rect.height)} />
    </Box>
  );
}
