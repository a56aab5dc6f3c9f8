import { memo, useMemo } from 'react';
import { systemNow } from '../../model/reading.ts';
import { currentIncident, visibleIncidents } from '../selectors.ts';
import { unseenAbove } from '../stores/incidents.ts';
import { useStore } from '../stores/store.ts';
import { meAs } from '../stores/who.ts';
import { suggestedFor } from '../suggestions.ts';
import type { Line } from '../widgets/line.ts';
import { detailLines } from './incident-detail.ts';
import { incidentLines } from './incident-lines.ts';
import { emptyRows, filterPart, type PaneProps, PaneShell, stalePart, troubleRows } from './pane.tsx';

/** What is burning: the list, or the opened incident. */
export const IncidentsPane = memo(function IncidentsPane(props: PaneProps) {
  const { cockpit, rect, focused, boxed } = props;
  const view = useStore(cockpit.view);
  const now = useStore(cockpit.now);
  const { incidents, me } = useSources(props);
  const reading = useStore(incidents);
  const person = useStore(me);
  const width = rect.width - (boxed ? 2 : 0);
  const height = Math.max(0, rect.height - (boxed ? 2 : 1));
  const stale = stalePart(reading, now);
  const opened = view.incidents.opened === null ? null : currentIncident(view);
  if (opened !== null) return <OpenedIncident {...props} stale={stale} />;

  const visible = visibleIncidents(view);
  const above = unseenAbove(view.incidents, visible, height);
  const current = currentIncident(view);
  const marked = view.incidents.marks.size;
  const open = reading.value?.length ?? 0;
  const trouble = troubleRows(reading);
  const rows =
    visible.length === 0
      ? emptyRows(
          reading,
          view.filters.incidents === '' ? 'Nothing is open. All clear.' : 'Nothing matches the filter',
        )
      : incidentLines({
          view,
          visible,
          now: systemNow(reading, now),
          isMe: meAs(person, cockpit.settings.email),
          width,
          height: height - trouble.length,
          focused,
        });
  const parts: Line[] = [
    [{ text: reading.value === null ? '…' : String(open) }],
    filterPart(view.filters.incidents),
    above > 0 ? [{ text: `${above} new ↑`, tone: 'alarm' }] : [],
    marked > 0 ? [{ text: `${marked} marked`, tone: 'accent' }] : [],
    rect.height > 1 || current === null
      ? []
      : [{ text: `${current.service ?? current.pagerService.name}: ${current.title}` }],
    stale,
  ];
  return (
    <PaneShell
      {...{ rect, focused, boxed, parts }}
      pane="incidents"
      name="Incidents"
      rows={[...trouble, ...rows]}
    />
  );
});

function useSources({ cockpit }: PaneProps) {
  return useMemo(() => ({ incidents: cockpit.watch.incidents(), me: cockpit.watch.me() }), [cockpit]);
}

function OpenedIncident({ cockpit, rect, focused, boxed, stale }: PaneProps & { readonly stale: Line }) {
  const view = useStore(cockpit.view);
  const now = useStore(cockpit.now);
  const id = view.incidents.opened ?? '';
  const detail = useStore(useMemo(() => cockpit.watch.incident(id), [cockpit, id]));
  const zones = useMemo(() => cockpit.watch.zoneTrouble(view.environment), [cockpit, view.environment]);
  const zone = useStore(zones).value;
  const incident = view.incidents.known.get(id);
  if (incident === undefined) return null;
  const width = rect.width - (boxed ? 4 : 2);
  const height = Math.max(1, rect.height - (boxed ? 2 : 1));
  const suggested = suggestedFor(cockpit, detail.value?.incident ?? incident);
  const lines = [
    ...detailLines(
      { incident, detail: detail.value, zone, suggested },
      cockpit.catalog,
      systemNow(detail, now),
      width,
    ),
    ...(detail.value === null && detail.error !== null ? emptyRows(detail, '') : []),
  ];
  const first = Math.min(view.incidents.scroll, Math.max(0, lines.length - height));
  const rows = lines.slice(first, first + height).map((line): Line => [{ text: ' ' }, ...line]);
  const below = lines.length - first - height;
  const parts: Line[] = [
    [{ text: `#${incident.number}` }],
    [{ text: incident.service ?? incident.pagerService.name }],
    below > 0 ? [{ text: `${below} below ↓`, tone: 'muted' }] : [],
    stale,
  ];
  return <PaneShell {...{ rect, focused, boxed, parts, rows }} pane="incidents" name="Incident" />;
}
