import { memo, useMemo } from 'react';
import type { Cockpit } from '../cockpit.ts';
import { underWay } from '../stores/runs.ts';
import { useStore } from '../stores/store.ts';
import { meAs } from '../stores/who.ts';
import { hasMoreBelow } from '../verbs/scroll.ts';
import { hintLine, messageLine } from './bottom-lines.ts';
import { headerLine } from './header-lines.ts';
import { Rows } from './rows.tsx';

interface ChromeProps {
  readonly cockpit: Cockpit;
  readonly width: number;
}

/** The first row of the screen. */
export const Header = memo(function Header({ cockpit, width }: ChromeProps) {
  const { watch, catalog, settings } = cockpit;
  const sources = useMemo(
    () => ({
      incidents: watch.incidents(),
      onCall: watch.onCall(),
      me: watch.me(),
      systems: watch.systems(),
    }),
    [watch],
  );
  const { environment } = useStore(cockpit.view);
  const runs = underWay(useStore(cockpit.runs));
  const left = useStore(cockpit.left).filter(({ id }) => !runs.some((run) => run.id === id));
  const rollingBack = [...runs, ...left].map(({ service }) => service ?? 'a service');
  const line = headerLine({
    catalog,
    environment,
    incidents: useStore(sources.incidents),
    onCall: useStore(sources.onCall),
    systems: useStore(sources.systems).value ?? [],
    isMe: meAs(useStore(sources.me), settings.email),
    rollingBack,
    readOnly: settings.readOnly,
    now: useStore(cockpit.now),
    width,
  });
  return <Rows lines={[line]} />;
});

/** The last two rows: what was said, and the keys. */
export const Footer = memo(function Footer({ cockpit, width }: ChromeProps) {
  const view = useStore(cockpit.view);
  // Whether a dialog goes on below depends on the screen's height.
  useStore(cockpit.terminal.screen);
  return (
    <Rows lines={[messageLine(view, width), hintLine(cockpit.keymap, view, width, hasMoreBelow(cockpit))]} />
  );
});
