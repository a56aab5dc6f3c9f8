import { askedOfSystem } from '../insight/log-volume.ts';
import type { Deploy } from '../model/deploy.ts';
import { HOUR, type Instant, MINUTE } from '../model/instant.ts';
import type { LogHistogram } from '../model/log-counts.ts';
import type { LogView } from '../watch/types.ts';
import type { Cockpit } from './cockpit.ts';
import { deploysOf, logsOf, subject, subjectIncident } from './selectors.ts';
import { type Since, sinceOf } from './stores/log-news.ts';
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

/** What is shown of the log over time. */
export interface ShapeFrame {
  readonly span: TimeSpan;
  readonly bucketMs: number;
  /** From then on the lines that are kept are all there were; null: not all that came could be shown. */
  readonly keptFrom: Instant | null;
}

export interface Shape {
  readonly counts: LogCounts;
  /** Nothing is known of what was before. */
  readonly knownFrom: Instant;
}

const BEFORE_SINCE_MS = 2 * MINUTE;
const LONGEST_MS = 2 * HOUR;

/** From just before the suspected deploy, so that the quiet before it is seen too, to now; null: there are no lines. */
export function shapeFrame(logs: LogView, since: Since | null, width: number): ShapeFrame | null {
  const [first] = logs.lines;
  const last = logs.lines.at(-1);
  if (first === undefined || last === undefined) return null;
  const to = Math.max(last.at, logs.completeTo ?? last.at);
  const wanted = Math.min(
    first.at,
    logs.from ?? first.at,
    since === null ? first.at : since.at - BEFORE_SINCE_MS,
  );
  // A whole minute: the same one for as long as it is looked at.
  const from = Math.floor(Math.max(wanted, to - LONGEST_MS) / MINUTE) * MINUTE;
  const span = { from, to };
  const bucketMs = bucketSize(span, Math.max(1, width - SCALE_COLUMNS));
  return { span, bucketMs, keptFrom: logs.notShown > 0 ? null : first.at };
}

/** Whether the lines that are kept do not tell all of it: then the log system counts the rest. */
export function needsCounting({ span, bucketMs, keptFrom }: ShapeFrame): boolean {
  const from = span.from + Math.max(MINUTE, bucketMs);
  return askedOfSystem({ from, to: span.to }, { since: keptFrom, missing: 0, count: 0 }, 0) !== null;
}

/** The lines that are kept, and before them what the log system has counted. */
export function shapeOf(logs: LogView, frame: ShapeFrame, told: LogHistogram | null): Shape {
  const { span, bucketMs, keptFrom } = frame;
  const kept = countLines(logs.lines, span, bucketMs);
  const first = keptFrom ?? logs.lines[0]?.at ?? span.to;
  if (told === null || told.bucketMs !== bucketMs) return { counts: kept, knownFrom: first };
  const buckets = kept.buckets.map((bucket, index) => {
    const at = kept.from + index * bucketMs;
    if (keptFrom !== null && at >= keptFrom) return bucket;
    return told.buckets[Math.round((at - told.from) / bucketMs)] ?? bucket;
  });
  return { counts: { ...kept, buckets }, knownFrom: Math.min(first, told.from) };
}

/** What the pane shows now. */
export function shapeNow(cockpit: Cockpit): LogCounts | null {
  const view = cockpit.view.get();
  const at = subject(view);
  const logs = at === null ? null : logsOf(cockpit, at).get().value;
  if (at === null || logs === null) return null;
  const since = sinceOf(subjectIncident(view), deploysOf(cockpit, at).get().value, logs);
  const frame = shapeFrame(logs, since, cockpit.terminal.screen.get().columns);
  if (frame === null) return null;
  const told = needsCounting(frame)
    ? cockpit.watch.logShape(at.service, at.environment, frame.span.from, frame.bucketMs).get().value
    : null;
  return shapeOf(logs, frame, told).counts;
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
