import type { JudgedPattern } from '../../insight/patterns/news.ts';
import type { LogView } from '../../watch/types.ts';
import type { Cockpit } from '../cockpit.ts';
import { deploysOf, subject, subjectIncident } from '../selectors.ts';
import { judged, type Since, sinceOf } from '../stores/log-news.ts';
import { useReading } from '../stores/use-reading.ts';
import type { View } from '../stores/view.ts';

export interface LogNews {
  readonly patterns: readonly JudgedPattern[];
  readonly since: Since | null;
  /** Time that the log before it covers; null: it was not read. */
  readonly beforeMs: number | null;
}

/** The patterns of the log, judged by what it said before the suspected deploy; while mounted that is read, once. */
export function useLogNews(cockpit: Cockpit, view: View, logs: LogView | null): LogNews {
  const at = subject(view);
  const deploys = useReading(at, (of) => deploysOf(cockpit, of));
  const since = sinceOf(subjectIncident(view), deploys.value);
  const before = useReading(
    since === null ? null : at,
    (of) => cockpit.watch.logsBefore(of.service, of.environment, since?.at ?? 0),
    String(since?.at),
  ).value;
  return {
    patterns: judged(logs, since, before),
    since,
    beforeMs: before === null ? null : before.to - before.from,
  };
}
