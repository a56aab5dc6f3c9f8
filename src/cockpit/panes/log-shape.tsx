import { memo, useMemo } from 'react';
import type { LogHistogram } from '../../model/log-counts.ts';
import type { Reading } from '../../model/reading.ts';
import { clock, count, duration } from '../../text/time.ts';
import type { LogView } from '../../watch/types.ts';
import { needsCounting, type Shape, shapeFrame, shapeMarks, shapeOf } from '../log-shape.ts';
import { deploysOf, logsOf, subject, subjectIncident } from '../selectors.ts';
import { sinceOf } from '../stores/log-news.ts';
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
  const incident = subjectIncident(view);
  const frame = logs === null ? null : shapeFrame(logs, sinceOf(incident, deploys.value, logs), rect.width);
  const asked = frame !== null && needsCounting(frame) ? frame : null;
  const told = useReading(
    asked === null ? null : at,
    (of) =>
      cockpit.watch.logShape(of.service, of.environment, asked?.span.from ?? 0, asked?.bucketMs ?? 1_000),
    `${asked?.span.from} ${asked?.bucketMs}`,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the frame follows from the log, the deploys and the width.
  const shape = useMemo(
    () => (logs === null || frame === null ? null : shapeOf(logs, frame, told.value)),
    [logs, frame?.span.from, frame?.bucketMs, told.value],
  );
  const trouble = troubleRows(reading);
  const parts: Line[] = [
    at === null ? [] : [{ text: at.service }],
    shape === null ? [] : [{ text: `${duration(shape.counts.bucketMs)} a column`, tone: 'muted' }],
    ...(logs === null || shape === null ? [] : countedBy(logs, shape, asked !== null, told)),
    at === null ? [] : stalePart(reading, now),
  ];
  const rows =
    at === null
      ? NO_SERVICE
      : shape === null
        ? emptyRows(reading, 'No lines yet')
        : shapeLines({
            ...shape,
            view: view.logs.shape,
            marks: shapeMarks(deploys.value ?? [], incident?.triggeredAt ?? null),
            width: rect.width,
            height: roomIn({ rect, boxed }, trouble),
            focused,
          });
  return (
    <PaneShell {...{ rect, focused, boxed, parts }} pane="logs" name="Shape" rows={[...trouble, ...rows]} />
  );
});

/** Who counted: the lines that are kept, or the log system itself for what is not kept. */
function countedBy(logs: LogView, { knownFrom }: Shape, asked: boolean, told: Reading<LogHistogram>): Line[] {
  if (!asked) return [[{ text: `of ${count(logs.lines.length, 'line')} kept`, tone: 'muted' }]];
  const before = clock(logs.lines[0]?.at ?? knownFrom);
  const { value, error, source } = told;
  const trouble: Line[] =
    error === null ? [] : [[{ text: `${error.system}: ${error.message}`, tone: 'warn' as const }]];
  if (value === null) {
    return error === null ? [[{ text: `reading what was before ${before}…`, tone: 'muted' }]] : trouble;
  }
  const by = logs.notShown > 0 ? `counted by ${source}` : `until ${before} counted by ${source}`;
  return [
    [{ text: by, tone: 'muted' }],
    ...(value.incomplete === null ? [] : [[{ text: 'there may be more', tone: 'warn' as const }]]),
    ...trouble,
  ];
}
