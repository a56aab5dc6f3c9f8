import { memo, useMemo } from 'react';
import type { Group } from '../../model/fleet.ts';
import { fleetOf, subject, visibleFleet } from '../selectors.ts';
import { newestFirst } from '../stores/fleet-tree.ts';
import { useStore } from '../stores/store.ts';
import { useReading } from '../stores/use-reading.ts';
import type { Line } from '../widgets/line.ts';
import { fleetLines, serviceSpans, stateSpans, versionOf } from './fleet-lines.ts';
import {
  emptyRows,
  filterPart,
  NO_SERVICE,
  type PaneProps,
  PaneShell,
  roomIn,
  stalePart,
  troubleRows,
} from './pane.tsx';
import { zonePart, zoneRows } from './zone-lines.ts';

/** What runs: old and new group, their instances and containers. */
export const FleetPane = memo(function FleetPane({ cockpit, rect, focused, boxed }: PaneProps) {
  const view = useStore(cockpit.view);
  const now = useStore(cockpit.now);
  const at = subject(view);
  const reading = useReading(at, (of) => fleetOf(cockpit, of));
  const groups = reading.value ?? [];
  const zones = useMemo(() => cockpit.watch.zoneTrouble(view.environment), [cockpit, view.environment]);
  const zone = useStore(zones).value;
  const trouble = [...troubleRows(reading), ...zoneRows(zone, rect.width - (boxed ? 2 : 0))];
  const height = roomIn({ rect, boxed }, trouble);
  const rows =
    at === null
      ? NO_SERVICE
      : groups.length === 0
        ? emptyRows(reading, `No group of ${at.service} runs in ${at.environment}`)
        : fleetLines({
            rows: visibleFleet(view, groups),
            anchor: view.fleet.anchor,
            width: rect.width - (boxed ? 2 : 0),
            height,
            focused,
          });
  const parts: Line[] = [
    at === null ? [] : [{ text: at.service }],
    rect.height > 1 ? [] : zonePart(zone),
    ...(rect.height > 1 ? [at === null ? [] : [{ text: at.environment }]] : summary(groups)),
    filterPart(view.filters.fleet),
    at === null ? [] : stalePart(reading, now),
  ];
  return (
    <PaneShell {...{ rect, focused, boxed, parts }} pane="fleet" name="Fleet" rows={[...trouble, ...rows]} />
  );
});

/** Parts of a title, the most telling first: where it is narrow, the last ones are left out. */
function summary(groups: readonly Group[]): readonly Line[] {
  const [group] = newestFirst(groups);
  if (group === undefined) return [];
  return [
    stateSpans(groups.flatMap(({ instances }) => instances)),
    [{ text: `${versionOf(group.versions)} ` }, ...serviceSpans(group)],
    groups.length > 1 ? [{ text: `${groups.length} groups`, tone: 'warn' }] : [],
  ];
}
