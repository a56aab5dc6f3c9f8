import type { Instant } from '../instant.ts';
import type { SystemHealth } from '../system-health.ts';
import type { Board } from './board.ts';
import type { Compare } from './compare.ts';
import type { Contracts } from './contracts.ts';
import type { Deployer } from './deployer.ts';
import type { Containers, Fleet } from './fleet.ts';
import type { LogJobs } from './log-jobs.ts';
import type { LogSearch } from './log-search.ts';
import type { Monitors } from './monitors.ts';
import type { Notifier } from './notifier.ts';
import type { Pager } from './pager.ts';
import type { Pipeline } from './pipelines.ts';
import type { Images, Releases } from './releases.ts';

export type { Board } from './board.ts';
export type { Compare } from './compare.ts';
export type { Contracts, Verdict } from './contracts.ts';
export type { Deployer, ImageChange } from './deployer.ts';
export type { Containers, Fleet } from './fleet.ts';
export type {
  CheckedSearch,
  JobFound,
  JobStep,
  LogJob,
  LogJobs,
  SavedSearch,
  SearchTime,
} from './log-jobs.ts';
export type {
  ErrorCount,
  LogPlace,
  LogPoint,
  LogQuery,
  LogSearch,
  LogSpan,
  LogTime,
  LogWindow,
  TailStep,
} from './log-search.ts';
export type { Monitors, SignalChange } from './monitors.ts';
export type { News, Notifier } from './notifier.ts';
export type { IncidentChange, Pager } from './pager.ts';
export type { DeployOrder, Pipeline, PipelineRun } from './pipelines.ts';
export type { Images, Releases } from './releases.ts';

/** Every system behind its port. A port is opened on first use: what a command does not need is never loaded. */
export interface Systems {
  pager(): Promise<Pager>;
  logSearch(): Promise<LogSearch>;
  /** Throws a `Failure` of code `not_configured` where no log system is searched by hand. */
  logJobs(): Promise<LogJobs>;
  fleet(): Promise<Fleet>;
  containers(): Promise<Containers>;
  releases(): Promise<Releases>;
  images(): Promise<Images>;
  deployer(): Promise<Deployer>;
  compare(): Promise<Compare>;
  contracts(): Promise<Contracts>;
  board(): Promise<Board>;
  /** The one of that name; throws a `Failure` when it is not configured. */
  pipeline(system: string): Promise<Pipeline>;
  /** All that are configured; none is opened before it tells. */
  notifiers(): Promise<readonly Notifier[]>;
  /** In the order of `monitorNames`. */
  monitors(): Promise<readonly Monitors[]>;
  /** Those that are configured, by their systems' names. */
  monitorNames(): readonly string[];
  /** The named system's own clock, from the `Date` of its latest answer; this machine's until one came. */
  now(system: string): Instant;
  /** One for each configured system. */
  health(): readonly SystemHealth[];
  /** Calls back whenever `health` changed. */
  onHealth(changed: () => void): () => void;
  /** Ends all connections. */
  close(): Promise<void>;
}
