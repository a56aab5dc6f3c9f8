import { Box, useApp, useInput, usePaste } from 'ink';
import { type ComponentType, useEffect, useMemo } from 'react';
import type { Cockpit } from './cockpit.ts';
import { dialogHeight } from './dialogs/content.ts';
import { DialogView } from './dialogs/dialog-view.tsx';
import { handleInput, handlePaste } from './input.ts';
import { layout, leadOf, PANES, type PaneId, type Rect } from './layout.ts';
import { GuardedContext, LookContext, lookOf } from './look.ts';
import { DeploysPane } from './panes/deploys.tsx';
import { FleetPane } from './panes/fleet.tsx';
import { IncidentsPane } from './panes/incidents.tsx';
import { LogPane } from './panes/log-pane.tsx';
import type { PaneProps } from './panes/pane.tsx';
import { SignalsPane } from './panes/signals.tsx';
import { useStore } from './stores/store.ts';
import { Footer, Header } from './widgets/chrome.tsx';
import { Rows } from './widgets/rows.tsx';
import { tinyLines } from './widgets/tiny-lines.ts';

const PANE_VIEWS: Readonly<Record<PaneId, ComponentType<PaneProps>>> = {
  incidents: IncidentsPane,
  deploys: DeploysPane,
  fleet: FleetPane,
  logs: LogPane,
  signals: SignalsPane,
};

export interface AppProps {
  readonly cockpit: Cockpit;
  /** Told how to give the terminal back for a while. */
  readonly onSuspend?: (suspend: ReturnType<typeof useApp>['suspendTerminal']) => void;
}

/** The screen: chrome around panes, and the dialog that lies over them. */
export function App({ cockpit, onSuspend }: AppProps) {
  const { suspendTerminal } = useApp();
  const screen = useStore(cockpit.terminal.screen);
  useInput((input, key) => handleInput(cockpit, input, key));
  usePaste((text) => handlePaste(cockpit, text));
  useEffect(() => {
    onSuspend?.(suspendTerminal);
  }, [onSuspend, suspendTerminal]);
  const { environment } = useStore(cockpit.view);
  const guarded = cockpit.catalog.environments.some(({ name, guarded }) => name === environment && guarded);
  const look = useMemo(() => lookOf(cockpit.settings.appearance), [cockpit]);
  return (
    <LookContext value={look}>
      <GuardedContext value={guarded}>
        {layout(screen, false).mode === 'tiny' ? (
          <Tiny cockpit={cockpit} />
        ) : (
          <Box flexDirection="column" width={screen.columns} height={screen.rows} overflow="hidden">
            <Header cockpit={cockpit} width={screen.columns} />
            <Body cockpit={cockpit} />
            <Footer cockpit={cockpit} width={screen.columns} />
          </Box>
        )}
      </GuardedContext>
    </LookContext>
  );
}

function Body({ cockpit }: { readonly cockpit: Cockpit }) {
  const view = useStore(cockpit.view);
  const screen = useStore(cockpit.terminal.screen);
  useStore(cockpit.runs);
  const at = layout(screen, view.zoomed);
  const dialog = view.dialogs.at(-1);
  if (dialog === undefined || dialog.kind === 'filter') return <Panes cockpit={cockpit} />;
  // The logs stay in sight under a dialog: what happens meanwhile is what one waits for.
  const rows = dialogHeight(cockpit, dialog, at.body);
  const { width } = at.body;
  return (
    <Box flexDirection="column" width={width} height={at.body.height} flexShrink={0} overflow="hidden">
      <DialogView cockpit={cockpit} dialog={dialog} rect={{ width, height: rows }} />
      {rows < at.body.height && (
        <LogPane
          cockpit={cockpit}
          rect={{ width, height: at.body.height - rows }}
          focused={false}
          boxed={false}
        />
      )}
    </Box>
  );
}

function Panes({ cockpit }: { readonly cockpit: Cockpit }) {
  const view = useStore(cockpit.view);
  const { focus, zoomed } = view;
  const at = layout(useStore(cockpit.terminal.screen), zoomed, leadOf(view));
  const pane = (id: PaneId, rect: Rect, boxed: boolean) => {
    const View = PANE_VIEWS[id];
    return <View key={id} cockpit={cockpit} rect={rect} focused={focus === id} boxed={boxed} />;
  };
  if (at.mode === 'tiny') return null;
  if (at.mode === 'zoomed') return pane(focus, at.pane, false);
  if (at.mode === 'single') {
    return PANES.map((id) => pane(id, focus === id ? at.pane : { width: at.body.width, height: 1 }, false));
  }
  return (
    <>
      <Box width={at.body.width} height={at.body.height - at.panes.logs.height} flexShrink={0}>
        <Box flexDirection="column" flexShrink={0}>
          {pane('incidents', at.panes.incidents, true)}
          {pane('signals', at.panes.signals, at.panes.signals.height > 1)}
        </Box>
        <Box flexDirection="column" flexShrink={0}>
          {pane('deploys', at.panes.deploys, true)}
          {pane('fleet', at.panes.fleet, true)}
        </Box>
      </Box>
      {pane('logs', at.panes.logs, false)}
    </>
  );
}

function Tiny({ cockpit }: { readonly cockpit: Cockpit }) {
  const view = useStore(cockpit.view);
  const { columns, rows } = useStore(cockpit.terminal.screen);
  const { value } = useStore(cockpit.watch.incidents());
  return (
    <Rows lines={tinyLines(view, cockpit.catalog.practice, value, Math.max(1, columns), Math.max(1, rows))} />
  );
}
