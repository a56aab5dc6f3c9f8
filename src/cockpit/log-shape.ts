import type { Deploy } from '../model/deploy.ts';
import type { Instant } from '../model/instant.ts';
import type { LogLine } from '../model/log-line.ts';
import type { LogView } from '../watch/types.ts';
import type { Cockpit } from './cockpit.ts';
import { logsOf, subject } from './selectors.ts';
import { bucketSize, countLines, type LogCounts, type TimeSpan } from './stores/log-shape.ts';

/** Columns left of the buckets: a count and the axis. */
export const SCALE_COLUMNS = 7;

/** What happened at a moment, to read the shape by. */
export interface ShapeMark {
  readonly kind: 'deploy' | 'incident' | 'rollback';
  readonly at: Instant;
  /** `1.0.283`, `back to 1.0.282`, `incident`. */
  readonly name: string;
}

/** The time that the lines which are kept cover; null: there are none. */
export function keptSpan({ lines, completeTo }: LogView): TimeSpan | null {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return null;
  return { from: first.at, to: Math.max(last.at, completeTo ?? last.at) };
}

/** The lines that are kept, over time, in as many buckets as the width has room for. */
export function keptCounts(logs: LogView, lines: readonly LogLine[], width: number): LogCounts | null {
  const span = keptSpan(logs);
  if (span === null) return null;
  return countLines(lines, span, bucketSize(span, Math.max(1, width - SCALE_COLUMNS)));
}

/** What the pane shows now. */
export function shapeNow(cockpit: Cockpit): LogCounts | null {
  const at = subject(cockpit.view.get());
  const logs = at === null ? null : logsOf(cockpit, at).get().value;
  return logs === null ? null : keptCounts(logs, logs.lines, cockpit.terminal.screen.get().columns);
}

/** Deploys that went out, those to a version of before as rollbacks, and when the incident was told; by time. */
export function shapeMarks(deploys: readonly Deploy[], triggeredAt: Instant | null): readonly ShapeMark[] {
  const gone = deploys
    .filter(({ status }) => status === 'succeeded' || status === 'in_progress')
    .sort((one, other) => one.startedAt - other.startedAt);
  const marks = gone.map(({ version, startedAt, finishedAt }, index): ShapeMark => {
    const before = gone.slice(0, index);
    const back = before.some((deploy) => deploy.version === version) && before.at(-1)?.version !== version;
    const at = finishedAt ?? startedAt;
    return back
      ? { kind: 'rollback', at, name: `back to ${version}` }
      : { kind: 'deploy', at, name: version };
  });
  const incident: readonly ShapeMark[] =
    triggeredAt === null ? [] : [{ kind: 'incident', at: triggeredAt, name: 'incident' }];
  return [...marks, ...incident].sort((one, other) => one.at - other.at);
}
