import { memo } from 'react';
import { runningDeploy } from '../../insight/running-deploy.ts';
import { findSuspect } from '../../insight/suspect.ts';
import { systemNow } from '../../model/reading.ts';
import { deployKey, deploysOf, subject, subjectIncident, visibleDeploys } from '../selectors.ts';
import { useStore } from '../stores/store.ts';
import { useReading } from '../stores/use-reading.ts';
import type { Line } from '../widgets/line.ts';
import { comingLines } from './coming-line.ts';
import { deployLines, when } from './deploy-lines.ts';
import { OpenedDeploy } from './opened-deploy.tsx';
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

/** What changed, and what landed just before the trigger. */
export const DeploysPane = memo(function DeploysPane({ cockpit, rect, focused, boxed }: PaneProps) {
  const view = useStore(cockpit.view);
  const now = useStore(cockpit.now);
  const at = subject(view);
  const reading = useReading(at, (of) => deploysOf(cockpit, of));
  // A pane of one row, which is its summary, has no room for it.
  const board = useReading(rect.height > 1 ? at : null, () => cockpit.watch.coming());
  const incident = subjectIncident(view);
  const deploys = visibleDeploys(view, reading.value);
  const suspect = incident === null ? null : (findSuspect(incident, reading.value ?? [])?.deploy ?? null);
  const opened = (reading.value ?? []).find((each) => deployKey(each) === view.openedDeploy?.key);
  if (opened !== undefined && view.openedDeploy !== null && rect.height > 1) {
    return (
      <OpenedDeploy
        {...{ cockpit, rect, focused, boxed, scroll: view.openedDeploy.scroll }}
        deploy={opened}
        deploys={reading.value ?? []}
        now={systemNow(reading, now)}
        stale={stalePart(reading, now)}
      />
    );
  }
  const trouble = troubleRows(reading);
  const room = roomIn({ rect, boxed }, trouble);
  const coming =
    at === null
      ? []
      : comingLines(board, {
          service: at.service,
          deploys: reading.value ?? [],
          shown: deploys.length,
          room,
          suspect: suspect !== null,
          now,
        });
  const height = room - coming.length;
  const clock = { incident, now: systemNow(reading, now) };
  const rows =
    at === null
      ? NO_SERVICE
      : deploys.length === 0
        ? emptyRows(reading, `No deploys of ${at.service} in ${at.environment} are known`)
        : deployLines({
            ...clock,
            deploys,
            suspect,
            running: runningDeploy(reading.value ?? []),
            anchor: view.deploys,
            width: rect.width - (boxed ? 2 : 0),
            height,
            focused,
          });
  const summary: readonly Line[] =
    rect.height > 1 || suspect === null
      ? []
      : [[{ text: `SUSPECT ${suspect.version}`, tone: 'alarm' }], [{ text: when(clock, suspect) }]];
  const parts: Line[] = [
    at === null
      ? []
      : [
          { text: at.service },
          ...(view.pinned === null ? [] : [{ text: ' pinned', tone: 'accent' as const }]),
        ],
    filterPart(view.filters.deploys),
    ...summary,
    at === null ? [] : stalePart(reading, now),
  ];
  return (
    <PaneShell
      {...{ rect, focused, boxed, parts }}
      pane="deploys"
      name="Deploys"
      rows={[...trouble, ...coming, ...rows]}
    />
  );
});
