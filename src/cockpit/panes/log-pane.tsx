import { useStore } from '../stores/store.ts';
import { LogShapePane } from './log-shape.tsx';
import { LogTablePane } from './log-table.tsx';
import { LogsPane } from './logs.tsx';
import type { PaneProps } from './pane.tsx';

/** The log pane in the form in which it is looked at. */
export function LogPane(props: PaneProps) {
  const { show } = useStore(props.cockpit.view).logs;
  if (show === 'table') return <LogTablePane {...props} />;
  return show === 'shape' ? <LogShapePane {...props} /> : <LogsPane {...props} />;
}
