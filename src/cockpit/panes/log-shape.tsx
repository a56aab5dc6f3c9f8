import { memo, useMemo } from 'react';
import { count, duration } from '../../text/time.ts';
import { keptCounts, shapeMarks } from '../log-shape.ts';
import { deploysOf, logsOf, subject, subjectIncident } from '../selectors.ts';
import { useStore } from '../stores/store.ts';
import { useReading } from '../stores/use-reading.ts';
import type { Line } from '../widgets/line.ts';
import { shapeLines } from './log-shape-lines.ts';
import { emptyRows, NO_SERVICE, type PaneProps, PaneShell, roomIn, stalePart, troubleRows } from './pane.tsx';

/** How many lines there were, and when: by level, with what happened meanwhile. */
export const LogShapePane = memo(function LogShapePane({ cockpit, rect, focused, boxed }: PaneProps) {
  const view = useStore(cockpit.view);
  const now = useStore(cockpit.now);
  const at = subject(view);
  const reading = useReading(at, (of) => logsOf(cockpit, of));
  const deploys = useReading(at, (of) => deploysOf(cockpit, of));
  const logs = reading.value;
  const counts = useMemo(
    () => (logs === null ? null : keptCounts(logs, logs.lines, rect.width)),
    [logs, rect.width],
  );
  const trouble = troubleRows(reading);
  const parts: Line[] = [
    at === null ? [] : [{ text: at.service }],
    counts === null ? [] : [{ text: `${duration(counts.bucketMs)} a column`, tone: 'muted' }],
    logs === null ? [] : [{ text: `of ${count(logs.lines.length, 'line')} kept`, tone: 'muted' }],
    logs !== null && logs.notShown > 0
      ? [{ text: `${count(logs.notShown, 'line')} not counted`, tone: 'warn' }]
      : [],
    at === null ? [] : stalePart(reading, now),
  ];
  const rows =
    at === null
      ? NO_SERVICE
      : counts === null
        ? emptyRows(reading, 'No lines yet')
        : shapeLines({
            counts,
            view: view.logs.shape,
            marks: shapeMarks(deploys.value ?? [], subjectIncident(view)?.triggeredAt ?? null),
            width: rect.width,
            height: roomIn({ rect, boxed }, trouble),
            focused,
          });
  return (
    <PaneShell {...{ rect, focused, boxed, parts }} pane="logs" name="Shape" rows={[...trouble, ...rows]} />
  );
});
