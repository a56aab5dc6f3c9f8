import { memo } from 'react';
import { findSuspect } from '../../insight/suspect.ts';
import { systemNow } from '../../model/reading.ts';
import { matcher } from '../filter.ts';
import { deploysOf, subject, subjectIncident } from '../selectors.ts';
import { useStore } from '../stores/store.ts';
import { useReading } from '../stores/use-reading.ts';
import type { Line } from '../widgets/line.ts';
import { deployLines, deployText, when } from './deploy-lines.ts';
import { emptyRows, filterPart, type PaneProps, PaneShell, stalePart, troubleRows } from './pane.tsx';

/** What changed, and what landed just before the trigger. */
export const DeploysPane = memo(function DeploysPane({ cockpit, rect, focused, boxed }: PaneProps) {
  const view = useStore(cockpit.view);
  const now = useStore(cockpit.now);
  const at = subject(view);
  const reading = useReading(at, (of) => deploysOf(cockpit, of));
  const incident = subjectIncident(view);
  const matches = matcher(view.filters.deploys);
  const deploys = (reading.value ?? []).filter((deploy) => matches(deployText(deploy)));
  const suspect = incident === null ? null : (findSuspect(incident, deploys)?.deploy ?? null);
  const trouble = troubleRows(reading);
  const height = Math.max(0, rect.height - (boxed ? 2 : 1) - trouble.length);
  const clock = { incident, now: systemNow(reading, now) };
  const rows =
    at === null
      ? [[{ text: ' No service is chosen', tone: 'muted' as const }]]
      : deploys.length === 0
        ? emptyRows(reading, `No deploys of ${at.service} in ${at.environment} are known`)
        : deployLines({
            ...clock,
            deploys,
            suspect,
            anchor: view.deploys,
            width: rect.width - (boxed ? 2 : 0),
            height,
            focused,
          });
  const summary: Line =
    rect.height > 1 || suspect === null
      ? []
      : [{ text: `SUSPECT ${suspect.version}`, tone: 'alarm' }, { text: `  ${when(clock, suspect)}` }];
  const parts: Line[] = [
    at === null
      ? []
      : [
          { text: at.service },
          ...(view.pinned === null ? [] : [{ text: ' pinned', tone: 'accent' as const }]),
        ],
    filterPart(view.filters.deploys),
    summary,
    at === null ? [] : stalePart(reading, now),
  ];
  return (
    <PaneShell
      {...{ rect, focused, boxed, parts }}
      pane="deploys"
      name="Deploys"
      rows={[...trouble, ...rows]}
    />
  );
});
