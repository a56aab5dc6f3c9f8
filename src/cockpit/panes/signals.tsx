import { memo, useEffect } from 'react';
import { relationTo } from '../../insight/signals.ts';
import { isStale, systemNow } from '../../model/reading.ts';
import { shortName } from '../../text/reading.ts';
import { followSignals } from '../follow-signals.ts';
import { currentIncident, currentSignal, visibleSignals } from '../selectors.ts';
import { unseenSignals } from '../stores/signals.ts';
import { useStore } from '../stores/store.ts';
import type { View } from '../stores/view.ts';
import { suggestedForSignal } from '../suggestions.ts';
import { staleAge } from '../widgets/header-lines.ts';
import type { Line } from '../widgets/line.ts';
import { filterPart, type PaneProps, PaneShell, roomIn } from './pane.tsx';
import { signalDetail } from './signal-detail.ts';
import { signalLines } from './signal-lines.ts';

/** What monitoring and ticket systems say is wrong, each as far as it answers. */
export const SignalsPane = memo(function SignalsPane({ cockpit, rect, focused, boxed }: PaneProps) {
  const view = useStore(cockpit.view);
  const now = useStore(cockpit.now);
  const { environment } = view;
  useEffect(() => followSignals(cockpit, environment), [cockpit, environment]);
  const { readings, list, known } = view.signals;
  const nowOf = (system: string) => {
    const reading = readings.find(({ source }) => source === system);
    return reading === undefined ? now : systemNow(reading, now);
  };
  const incident = currentIncident(view);
  const width = rect.width - (boxed ? 2 : 0);
  const stale: Line[] = readings
    .filter((reading) => reading.value !== null && (reading.error !== null || isStale(reading, now)))
    .map((reading) => [
      { text: `${shortName(reading.source)} STALE ${staleAge(reading, now)}`, tone: 'alarm' },
    ]);

  const opened = view.signals.opened === null ? null : currentSignal(view);
  if (opened !== null && view.signals.opened !== null && rect.height > 1) {
    const gone = list.gone.has(view.signals.opened);
    const lines = signalDetail(
      opened,
      incident,
      gone,
      suggestedForSignal(cockpit, opened),
      nowOf(opened.source),
      width - 2,
    );
    const height = Math.max(1, rect.height - (boxed ? 2 : 1));
    const first = Math.min(view.signals.scroll, Math.max(0, lines.length - height));
    const below = lines.length - first - height;
    const parts: Line[] = [
      [{ text: opened.service ?? opened.source }],
      below > 0 ? [{ text: `${below} below ↓`, tone: 'muted' }] : [],
      ...stale,
    ];
    const rows = lines.slice(first, first + height).map((line): Line => [{ text: ' ' }, ...line]);
    return <PaneShell {...{ rect, focused, boxed, parts, rows }} pane="signals" name="Signal" />;
  }

  const trouble: Line[] = readings.flatMap(({ error }): Line[] =>
    error === null ? [] : [[{ text: ` ${error.system}: ${error.message}`, tone: 'warn' }]],
  );
  const visible = visibleSignals(view);
  const height = roomIn({ rect, boxed }, trouble);
  const above = unseenSignals(view.signals, visible, height);
  const rows =
    visible.length === 0
      ? emptySignals(view)
      : signalLines({ view, visible, incident, nowOf, width, height, focused });
  const present = [...known].filter(([key]) => !list.gone.has(key)).map(([, signal]) => signal);
  const critical = present.filter(
    ({ severity, acknowledged, inDowntime }) => severity === 'critical' && !acknowledged && !inDowntime,
  ).length;
  const related = present.filter((signal) => relationTo(signal, incident) !== null).length;
  const parts: Line[] = [
    [
      {
        text:
          readings.every(({ value }) => value === null) && readings.length > 0 ? '…' : String(present.length),
      },
    ],
    filterPart(view.filters.signals),
    above > 0 ? [{ text: `${above} new ↑`, tone: 'alarm' }] : [],
    ...stale,
    critical > 0 ? [{ text: `${critical} critical`, tone: 'bad' }] : [],
    related > 0 ? [{ text: `${related} related`, tone: 'accent' }] : [],
  ];
  return (
    <PaneShell
      {...{ rect, focused, boxed, parts }}
      pane="signals"
      name="Signals"
      rows={[...trouble, ...rows]}
    />
  );
});

/** What stands in the pane while there is no row. */
function emptySignals({ signals: { readings, list }, filters }: View): Line[] {
  const muted = (text: string): Line[] => [[{ text: ` ${text}`, tone: 'muted' }]];
  if (readings.length === 0) return muted('No monitoring system is configured');
  if (list.order.length > 0 && filters.signals !== '') return muted('Nothing matches the filter');
  if (readings.some(({ value, error }) => value === null && error === null)) return muted('reading…');
  const told = readings.filter(({ value }) => value !== null).map(({ source }) => source);
  return told.length === 0 ? [] : muted(`Nothing is wrong, says ${told.join(', ')}`);
}
