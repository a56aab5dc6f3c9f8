import type { LivePattern } from '../insight/patterns/live.ts';
import type { Baseline } from '../insight/patterns/news.ts';
import type { ZoneTrouble } from '../insight/zone-trouble.ts';
import type { Card } from '../model/card.ts';
import type { Changes } from '../model/changes.ts';
import type { Deploy } from '../model/deploy.ts';
import type { Group } from '../model/fleet.ts';
import type { Alert, Incident, IncidentDetail, OnCall, Person } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import type { LogHistogram, LogPatterns } from '../model/log-counts.ts';
import type { LogGap, LogLine, LogWay } from '../model/log-line.ts';
import type { SignalChange } from '../model/ports/index.ts';
import type { Reading } from '../model/reading.ts';
import type { Signal } from '../model/signal.ts';
import type { SystemHealth } from '../model/system-health.ts';

/** One thing that is watched: polled only while somebody subscribes; unchanged values keep their identity. */
export interface Source<T> {
  get(): Reading<T>;
  subscribe(changed: () => void): () => void;
  /** Reads again now; resolves when the new reading (or its failure) is in `get()`. */
  refresh(): Promise<void>;
}

export interface LogView {
  readonly lines: readonly LogLine[];
  /** Lines that came since the tail began, kept or already dropped. */
  readonly total: number;
  /** The log system's clock: everything indexed before has been shown; null: nothing yet. */
  readonly completeTo: Instant | null;
  /** Every line that tells an earlier time of its own has been shown, but for late ones; null: nothing yet. */
  readonly linesTo: Instant | null;
  /** How far that was behind the log system's now when it was told. */
  readonly lagMs: number | null;
  readonly notShown: number;
  /** The time from the first to the last of these; null: every line was shown. */
  readonly notShownIn: LogGap | null;
  /** Time of the oldest line that came; null: none did. */
  readonly from: Instant | null;
  /** Of all lines that came since the tail began, kept or not; made when asked for. */
  patterns(): readonly LivePattern[];
  /** How the tail learns of new lines; null: the log system has but one way. */
  readonly way: LogWay | null;
}

/** The patterns of a whole span, counted where the lines are. */
export interface CountedPatterns extends LogPatterns {
  readonly from: Instant;
  readonly to: Instant;
}

/** What one monitoring system says is wrong, and what can be done to its signals. */
export interface SignalsView {
  readonly signals: readonly Signal[];
  readonly can: readonly SignalChange['kind'][];
}

/** Everything the cockpit shows. Readings are shared: two panes on one source cost one request. */
export interface Watch {
  incidents(): Source<readonly Incident[]>;
  incident(id: string): Source<IncidentDetail>;
  /** What monitoring told with it; read once. */
  alerts(id: string): Source<readonly Alert[]>;
  onCall(): Source<readonly OnCall[]>;
  me(): Source<Person | null>;
  deploys(service: string, environment: string): Source<readonly Deploy[]>;
  /** What the version `to` of that service has that `from` lacks; read once. */
  changes(service: string, from: string, to: string): Source<Changes>;
  /** The cards that are about to go out, over all services. */
  coming(): Source<readonly Card[]>;
  fleet(service: string, environment: string): Source<readonly Group[]>;
  /** The zone of that environment that is in trouble as a whole; null: none is. */
  zoneTrouble(environment: string): Source<ZoneTrouble | null>;
  /** With the names of other services: their lines too, as they come. */
  logs(service: string, environment: string, others?: readonly string[]): Source<LogView>;
  /** What that log said before then; read once. */
  logsBefore(service: string, environment: string, before: Instant): Source<Baseline>;
  /** Its lines from then to now as the log system itself counts them; `bucketMs` are whole seconds. */
  logShape(service: string, environment: string, from: Instant, bucketMs: number): Source<LogHistogram>;
  /** Its lines from then to now in groups of like ones, as the log system's own engine has them. */
  logPatterns(service: string, environment: string, from: Instant): Source<CountedPatterns>;
  /** One for each monitoring system, so that each lives and dies alone. */
  signals(environment: string): readonly Source<SignalsView>[];
  systems(): Source<readonly SystemHealth[]>;
  /** Reads everything that somebody watches again. */
  refreshAll(): Promise<void>;
  stop(): Promise<void>;
}
