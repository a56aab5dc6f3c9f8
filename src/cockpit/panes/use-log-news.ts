import { useEffect } from 'react';
import type { JudgedPattern } from '../../insight/patterns/news.ts';
import { findService } from '../../model/catalog.ts';
import type { Failure } from '../../model/failure.ts';
import type { LogView } from '../../watch/types.ts';
import type { Cockpit } from '../cockpit.ts';
import { type Counting, countingOf, patternsCountedFrom } from '../counted-patterns.ts';
import { deploysOf, subject, subjectIncident } from '../selectors.ts';
import { heldPatterns, judged, type Since, settled, sinceOf } from '../stores/log-news.ts';
import { useReading } from '../stores/use-reading.ts';
import type { View } from '../stores/view.ts';

export interface LogNews {
  readonly patterns: readonly JudgedPattern[];
  readonly since: Since | null;
  /** Time that the log before it covers; null: it was not read. */
  readonly beforeMs: number | null;
  /** Why it could not be read; null: nothing speaks against it. */
  readonly beforeError: Failure | null;
  /** What the log system counts of it; null: the lines that came are all there were, or nobody looks at patterns. */
  readonly counting: Counting | null;
}

/**
 * The patterns of the log, judged by what it said before the suspected deploy: that is read once while mounted. While
 * patterns are shown the log system counts those of which not all lines came.
 */
export function useLogNews(cockpit: Cockpit, view: View, logs: LogView | null): LogNews {
  const at = subject(view);
  const { held, show, squad } = view.logs;
  const shown = show === 'patterns';
  const deploys = useReading(at, (of) => deploysOf(cockpit, of));
  // What the whole squad said before one service's deploy is not read.
  const since = squad ? null : sinceOf(subjectIncident(view), deploys.value, logs);
  const before = useReading(
    since === null ? null : at,
    (of) => cockpit.watch.logsBefore(of.service, of.environment, since?.at ?? 0),
    String(since?.at),
  );
  const from = shown && held === null ? patternsCountedFrom(logs, since) : null;
  const told = useReading(
    from === null ? null : at,
    (of) => cockpit.watch.logPatterns(of.service, of.environment, from ?? 0),
    String(from),
  );
  const patterns =
    shown && held !== null
      ? heldPatterns(held.lines)
      : judged(logs, { since, before: before.value, told: from === null ? null : told.value });
  const unsettled = shown && view.logs.patterns.order.length === 0;
  // Before it is known what is new there is no order to keep.
  const known =
    held !== null ||
    (since === null ? deploys.value !== null : before.value !== null || before.error !== null);
  useEffect(() => {
    if (!unsettled || !known || patterns.length === 0) return;
    cockpit.view.update((now) => ({ ...now, logs: { ...now.logs, patterns: settled(patterns) } }));
  }, [cockpit, unsettled, known, patterns]);
  const service = at === null ? undefined : findService(cockpit.catalog, at.service);
  return {
    patterns,
    since,
    beforeMs: before.value === null ? null : before.value.to - before.value.from,
    beforeError: before.error,
    counting: from === null || service === undefined ? null : countingOf(service, told),
  };
}
