import type { Deploy } from '../../model/deploy.ts';
import type { ScalingActivity } from '../../model/fleet.ts';
import type { ChangeRecord, Incident, LogEntry, Note } from '../../model/incident.ts';
import { HOUR, type Instant } from '../../model/instant.ts';
import type { LogLine } from '../../model/log-line.ts';
import type { LogMark } from '../../model/log-mark.ts';
import type { StackUpdate } from '../../model/stack.ts';

/** One thing that happened, as one source tells it. */
export interface TimelineEvent {
  /** On the source's own clock. */
  readonly at: Instant;
  readonly kind: string;
  /** null: nobody is named. */
  readonly who: string | null;
  readonly text: string;
  /** `pagerduty`, the deploy's source, `aws`, `journal`, `marks`, or the log system's name. */
  readonly source: string;
  readonly url: string | null;
}

/** What was intended from here, as the journal tells it. */
export interface TimelineIntent {
  readonly id: string;
  readonly action: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly who: string;
  readonly incident: string | null;
  /** Carried by the events of what it did to a stack. */
  readonly token: string | null;
  readonly at: Instant;
  readonly history: readonly {
    readonly state: string;
    readonly at: Instant;
    readonly text: string | null;
  }[];
}

/** A line of the logs, and the system that tells it. */
export interface TimelineLogLine {
  readonly line: LogLine;
  readonly source: string;
}

/** Everything that a timeline is made of; what could not be read is null or empty. */
export interface TimelineFacts {
  readonly incident: Incident | null;
  readonly log: readonly LogEntry[] | null;
  readonly notes: readonly Note[];
  /** Of the incident's service, newest first, further back than the incident. */
  readonly deploys: readonly Deploy[];
  /** What the stack of the service went through, oldest first. */
  readonly updates: readonly StackUpdate[];
  readonly activities: readonly ScalingActivity[];
  /** What PagerDuty was told of the service. */
  readonly changes: readonly ChangeRecord[];
  readonly intents: readonly TimelineIntent[];
  /** The first of many errors. */
  readonly onset: TimelineLogLine | null;
  /** The last of many errors; null: they go on, or nobody could tell. */
  readonly calm: TimelineLogLine | null;
  /** Lines that were marked for the incident. */
  readonly marks: readonly LogMark[];
}

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** What happened before the trigger and after the end, and still belongs to the story. */
const BEFORE_MS = 2 * HOUR;
const AFTER_MS = HOUR;

/** From when to when things belong to the story; it has no end while the incident is open. */
export function spanOf({
  incident,
  log,
  intents,
}: Pick<TimelineFacts, 'incident' | 'log' | 'intents'>): Span {
  const begun = incident?.triggeredAt ?? Math.min(...intents.map(({ at }) => at));
  const resolved = resolvedAt({ incident, log });
  return { from: begun - BEFORE_MS, to: resolved === null ? Number.POSITIVE_INFINITY : resolved + AFTER_MS };
}

/** When the incident was resolved for good; null: it is not, or that cannot be told. */
export function resolvedAt({ incident, log }: Pick<TimelineFacts, 'incident' | 'log'>): Instant | null {
  if (incident?.status !== 'resolved') return null;
  return log?.findLast(({ kind }) => kind === 'resolve')?.at ?? null;
}

export function isWithin({ from, to }: Span, at: Instant): boolean {
  return at >= from && at <= to;
}
