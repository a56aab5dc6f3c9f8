import { Box } from 'ink';
import type { Cockpit } from '../cockpit.ts';
import type { Rect } from '../layout.ts';
import { fleetOf } from '../selectors.ts';
import type { Dialog } from '../stores/dialog.ts';
import { useStore } from '../stores/store.ts';
import { useReading } from '../stores/use-reading.ts';
import { Rows } from '../widgets/rows.tsx';
import { dialogLines } from './box.ts';
import { dialogContent } from './content.ts';

interface DialogViewProps {
  readonly cockpit: Cockpit;
  readonly dialog: Dialog;
  readonly rect: Rect;
}

/** The dialog that has the keys; the rows that it leaves free are the panes'. */
export function DialogView(props: DialogViewProps) {
  const { cockpit, dialog } = props;
  if (dialog.kind === 'progress') return <ProgressView cockpit={cockpit} id={dialog.run} boxed={props} />;
  return <Boxed {...props} />;
}

/** Keeps reading the groups of what is watched. */
function ProgressView({
  cockpit,
  id,
  boxed,
}: {
  readonly cockpit: Cockpit;
  readonly id: string;
  readonly boxed: DialogViewProps;
}) {
  const run = useStore(cockpit.runs).find((each) => each.id === id);
  const service = run?.service ?? null;
  const environment = run?.environment ?? '';
  useReading(service === null ? null : { service, environment }, (at) => fleetOf(cockpit, at));
  return <Boxed {...boxed} />;
}

function Boxed({ cockpit, dialog, rect }: DialogViewProps) {
  const content = dialogContent(cockpit, dialog, rect.width);
  if (content === null) return null;
  return (
    <Box flexDirection="column" width={rect.width} height={rect.height} flexShrink={0}>
      <Rows lines={dialogLines(content, rect.width, rect.height)} />
    </Box>
  );
}
