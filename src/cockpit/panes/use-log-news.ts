import { useEffect } from 'react';
import type { JudgedPattern } from '../../insight/patterns/news.ts';
import type { Failure } from '../../model/failure.ts';
import type { LogView } from '../../watch/types.ts';
import type { Cockpit } from '../cockpit.ts';
import { deploysOf, subject, subjectIncident } from '../selectors.ts';
import { judged, type Since, settled, sinceOf } from '../stores/log-news.ts';
import { useReading } from '../stores/use-reading.ts';
import type { View } from '../stores/view.ts';

export interface LogNews {
  readonly patterns: readonly JudgedPattern[];
  readonly since: Since | null;
  /** Time that the log before it covers; null: it was not read. */
  readonly beforeMs: number | null;
  /** Why it could not be read; null: nothing speaks against it. */
  readonly beforeError: Failure | null;
}

/** The patterns of the log, judged by what it said before the suspected deploy; while mounted that is read, once. */
export function useLogNews(cockpit: Cockpit, view: View, logs: LogView | null): LogNews {
  const at = subject(view);
  const deploys = useReading(at, (of) => deploysOf(cockpit, of));
  // What the whole squad said before one service's deploy is not read.
  const since = view.logs.squad ? null : sinceOf(subjectIncident(view), deploys.value);
  const before = useReading(
    since === null ? null : at,
    (of) => cockpit.watch.logsBefore(of.service, of.environment, since?.at ?? 0),
    String(since?.at),
  );
  const patterns = judged(logs, since, before.value);
  const unsettled = view.logs.show === 'patterns' && view.logs.patterns.order.length === 0;
  // Before it is known what is new there is no order to keep.
  const known = since === null ? deploys.value !== null : before.value !== null || before.error !== null;
  useEffect(() => {
    if (!unsettled || !known || patterns.length === 0) return;
    cockpit.view.update((now) => ({ ...now, logs: { ...now.logs, patterns: settled(patterns) } }));
  }, [cockpit, unsettled, known, patterns]);
  return {
    patterns,
    since,
    beforeMs: before.value === null ? null : before.value.to - before.value.from,
    beforeError: before.error,
  };
}
