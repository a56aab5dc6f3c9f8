import { memo, useMemo } from 'react';
import type { Cockpit } from '../cockpit.ts';
import { underWay } from '../stores/runs.ts';
import { useStore } from '../stores/store.ts';
import { meAs } from '../stores/who.ts';
import { hasMoreBelow } from '../verbs/scroll.ts';
import { hintLine, messageRows } from './bottom-lines.ts';
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
  const work = [...runs, ...left].map(({ action, service }) => ({ action, service: service ?? 'a service' }));
  const line = headerLine({
    catalog,
    environment,
    incidents: useStore(sources.incidents),
    onCall: useStore(sources.onCall),
    systems: useStore(sources.systems).value ?? [],
    isMe: meAs(useStore(sources.me), settings.email),
    work,
    readOnly: settings.readOnly,
    now: useStore(cockpit.now),
    width,
  });
  return <Rows lines={[line]} />;
});

/** The last two rows: what was said, and the keys; a long message takes the place of the keys until the next one. */
export const Footer = memo(function Footer({ cockpit, width }: ChromeProps) {
  const view = useStore(cockpit.view);
  // Whether a dialog goes on below depends on the screen's height, and progress grows with every event.
  useStore(cockpit.terminal.screen);
  useStore(cockpit.runs);
  const [said = [], more] = messageRows(view, width);
  const hint = hintLine(cockpit.keymap, view, width, hasMoreBelow(cockpit));
  return <Rows lines={[said, more ?? hint]} />;
});
