/**
 * Everything that is true in the practice world, as plain data. The wire servers only translate it;
 * `tribe.ts` fills it from a seed, the engines beside it (incidents, stacks, logs) change it as world time passes.
 * Ids look like the vendors' own. All instants are world time.
 */
import type { Instant } from '../../model/instant.ts';
import type { PracticeRun } from './pipeline-run.ts';

export type { Instant };

export interface WorldState {
  readonly seed: number;
  readonly scenario: string;
  readonly account: string;
  readonly region: string;
  readonly people: PracticePerson[];
  readonly squads: PracticeSquad[];
  readonly roles: PracticeRole[];
  readonly services: PracticeService[];
  readonly incidents: PracticeIncident[];
  readonly images: PracticeImage[];
  readonly stacks: PracticeStack[];
  readonly changeSets: PracticeChangeSet[];
  readonly launchTemplates: PracticeLaunchTemplate[];
  readonly groups: PracticeGroup[];
  readonly instances: PracticeInstance[];
  /** Oldest first within a group. */
  readonly activities: PracticeActivity[];
  readonly containers: PracticeContainer[];
  readonly deploys: PracticeDeploy[];
  readonly alarms: PracticeAlarm[];
  /** What bad versions and outages did and do, oldest first. */
  readonly troubles: PracticeTrouble[];
  /** Of zones, oldest first. */
  readonly outages: PracticeOutage[];
  /** What customers write while a trouble lasts, in the order of the scenario. */
  readonly complaints: PracticeComplaint[];
  /** Of each service on its own, oldest first; the last one of a version carries its tag. */
  readonly commits: PracticeCommit[];
  /** Runs of pipelines in the order of their numbers within a service; those that are started later come last. */
  readonly pipelineRuns: PracticeRun[];
  /** CloudWatch Live Tail sessions that are open now. */
  readonly liveTails: PracticeLiveTail[];
}

export interface PracticeLiveTail {
  /** Names of its log groups. */
  readonly groups: readonly string[];
  readonly since: Instant;
  /** Set, it ends with the next update: as CloudWatch says it, or in the middle of a message. */
  ending: 'SessionStreamingException' | 'cut' | null;
}

/** What builds and deploys a service. */
export type PracticePipeline = 'buildkite' | 'jenkins' | 'bamboo';

export interface PracticePerson {
  /** PagerDuty's user id, such as `PDORA01`. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly squad: string;
}

export interface PracticeSquad {
  readonly id: string;
  readonly name: string;
  readonly policyId: string;
  readonly scheduleId: string;
  readonly slackChannel: string;
  /** Who is paged at each level; an empty list: nobody is on call there. */
  readonly levels: string[][];
}

export interface PracticeRole {
  readonly name: 'dingo' | 'owl';
  readonly policyId: string;
  readonly scheduleId: string;
  readonly hours: string | null;
  readonly timeZone: string;
  readonly person: string;
  /** As a squad's: who is paged at each level of the role's own escalation policy. */
  readonly levels: string[][];
}

export interface PracticeService {
  readonly name: string;
  readonly squad: string;
  readonly pagerId: string;
  /** Host of the Docker registry that keeps its images; null: ECR does. */
  readonly registry: string | null;
  /** Without registry and tag. */
  readonly repository: string;
  readonly pipeline: PracticePipeline;
  readonly stacks: Record<'prod' | 'test', string>;
  /** Log lines a second of one healthy instance. */
  readonly logRate: number;
  readonly instancesPerEnvironment: Record<'prod' | 'test', number>;
}

export interface PracticeIncident {
  /** Such as `Q1A2B3C4D5E6F7`. */
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly serviceId: string;
  status: 'triggered' | 'acknowledged' | 'resolved';
  readonly urgency: 'high' | 'low';
  readonly createdAt: Instant;
  changedAt: Instant;
  policyId: string;
  level: number;
  assignees: string[];
  acknowledgers: { personId: string; at: Instant }[];
  snoozedUntil: Instant | null;
  readonly details: Record<string, string>;
  readonly notes: { id: string; personId: string; content: string; at: Instant }[];
  readonly log: PracticeLogEntry[];
  /** Resolves on its own once no effect of this key is active any more. */
  readonly effect: string | null;
}

/** PagerDuty's log entry types, such as `notify_log_entry`. */
export interface PracticeLogEntry {
  readonly id: string;
  readonly type: string;
  readonly summary: string;
  readonly at: Instant;
  readonly personId: string | null;
  readonly channel: string;
}

export interface PracticeImage {
  readonly repository: string;
  readonly tag: string;
  /** Of its manifest, or of its index: `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** Of its one layer. */
  readonly layer: string;
  /** Architectures that it was built for; more than one make an index. */
  readonly platforms: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly pushedAt: Instant;
  readonly bytes: number;
}

export interface PracticeStack {
  readonly name: string;
  readonly id: string;
  readonly service: string;
  readonly environment: 'prod' | 'test';
  status: string;
  statusReason: string | null;
  readonly createdAt: Instant;
  updatedAt: Instant | null;
  parameters: Record<string, string>;
  /** Parameters that DescribeStacks prints as `****`. */
  readonly noEcho: string[];
  tags: Record<string, string>;
  readonly capabilities: string[];
  readonly roleArn: string | null;
  template: string;
  /** Oldest first. */
  readonly events: PracticeStackEvent[];
  /** The update under way; null: none. */
  update: PracticeUpdate | null;
}

export interface PracticeStackEvent {
  readonly id: string;
  readonly at: Instant;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly token: string | null;
  /** JSON text, as DescribeStackEvents carries it. */
  readonly properties: string | null;
}

export interface PracticeUpdate {
  readonly token: string | null;
  readonly startedAt: Instant;
  readonly previousParameters: Record<string, string>;
  readonly previousTags: Record<string, string>;
  readonly newGroup: string;
  readonly oldGroup: string;
  cancelled: boolean;
}

export interface PracticeChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stackName: string;
  readonly createdAt: Instant;
  status: 'CREATE_PENDING' | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'FAILED';
  statusReason: string | null;
  /** Of an executed one: EXECUTE_COMPLETE or EXECUTE_FAILED follow from its stack. */
  executionStatus: 'UNAVAILABLE' | 'AVAILABLE' | 'EXECUTE_IN_PROGRESS';
  readonly parameters: Record<string, string>;
  readonly tags: Record<string, string> | null;
  /** Left out: the stack keeps its template. */
  readonly template?: string;
}

export interface PracticeLaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly userData: string;
  readonly version: string;
  readonly createdAt: Instant;
}

export interface PracticeGroup {
  readonly name: string;
  readonly service: string;
  readonly environment: 'prod' | 'test';
  readonly launchTemplate: string;
  readonly createdAt: Instant;
  desired: number;
  readonly min: number;
  readonly max: number;
  readonly suspendedProcesses: string[];
  /** Without CloudFormation's own `aws:cloudformation:…` tags: the wire server adds them, and groups are found by them. */
  readonly tags: Record<string, string>;
}

export interface PracticeInstance {
  readonly id: string;
  readonly group: string;
  readonly zone: string;
  readonly address: string;
  readonly launchedAt: Instant;
  lifecycle: string;
  health: 'Healthy' | 'Unhealthy';
  /** Since when nothing reaches it, as its zone is out; null: it can be reached. */
  cutOff: Instant | null;
  readonly tags: Record<string, string>;
}

/** One launch or end of an instance; it outlives its group. */
export interface PracticeActivity {
  readonly id: string;
  readonly kind: 'launch' | 'terminate';
  readonly group: string;
  /** null: a launch that failed made none. */
  readonly instance: string | null;
  readonly zone: string;
  /** As Auto Scaling prints it. */
  readonly cause: string;
  /** Why it failed; null: it did not. */
  readonly failure: string | null;
  readonly startedAt: Instant;
  /** null: it goes on. */
  endedAt: Instant | null;
}

export interface PracticeContainer {
  /** 64 hex digits. */
  readonly id: string;
  readonly instance: string;
  readonly name: string;
  readonly image: string;
  readonly imageDigest: string;
  readonly createdAt: Instant;
  startedAt: Instant;
  state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  health: 'healthy' | 'unhealthy' | 'starting' | null;
  restarts: number;
  exitCode: number;
  outOfMemory: boolean;
}

/** One deploy as it happened; the stack's events tell the same in CloudFormation's words. */
export interface PracticeDeploy {
  readonly service: string;
  readonly environment: 'prod' | 'test';
  readonly version: string;
  readonly who: string;
  readonly build: number;
  readonly startedAt: Instant;
  finishedAt: Instant | null;
  status: 'in_progress' | 'succeeded' | 'failed' | 'cancelled';
  readonly token: string | null;
}

/** A CloudWatch alarm; what it measures is told from the world's troubles (`alarms.ts`). */
export interface PracticeAlarm {
  readonly name: string;
  readonly description: string;
  /** `any_of` has no metric of its own: it is on while one of the alarms in `of` is. */
  readonly metric: 'error_rate' | 'queue_depth' | 'function_errors' | 'any_of';
  /** Load balancer, queue or function. */
  readonly of: readonly string[];
  /** It is on above this. */
  readonly threshold: number;
  /** How high it stands in trouble, in percent or errors a minute; of a queue, by how many messages a minute it grows. */
  readonly value: number;
  /** Key of the trouble that raises it; null: nothing ever does. */
  readonly effect: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** A time in which a bad version, or the outage of a zone, did harm. */
export interface PracticeTrouble {
  readonly key: string;
  /** That ran the bad version; null: no service did it. */
  readonly service: string | null;
  readonly since: Instant;
  /** null: it goes on. */
  until: Instant | null;
}

/** A time in which nothing in a zone could be reached, and nothing be started there. */
export interface PracticeOutage {
  readonly key: string;
  readonly zone: string;
  readonly since: Instant;
  /** null: it goes on. */
  until: Instant | null;
}

/** A ticket that a customer opens so long after a trouble began, if it lasts until then. */
export interface PracticeComplaint {
  /** Key of the trouble. */
  readonly effect: string;
  readonly afterMs: number;
  readonly subject: string;
  readonly description: string;
  readonly priority: 'urgent' | 'high' | 'normal' | 'low' | null;
  /** Beside the tribe's own. */
  readonly tags: readonly string[];
}

export interface PracticeCommit {
  /** 40 hex digits. */
  readonly sha: string;
  readonly service: string;
  /** That went out with it first. */
  readonly version: string;
  /** Whole. */
  readonly message: string;
  /** Short name. */
  readonly who: string;
  readonly at: Instant;
  /** Two of a merge: main, then the branch. */
  readonly parents: readonly string[];
  /** That brought it; null: pushed to main as it is. */
  readonly pullRequest: { readonly number: number; readonly title: string; readonly who: string } | null;
  readonly files: readonly PracticeFile[];
}

export interface PracticeFile {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed';
  readonly additions: number;
  readonly deletions: number;
}

/** One log line; made on demand from the seed and the world's state, so months of them cost nothing. */
export interface PracticeLogLine {
  /** Splunk's `_cd`, unique within its bucket. */
  readonly cd: string;
  readonly bucket: string;
  readonly at: Instant;
  readonly indexedAt: Instant;
  readonly service: string;
  readonly environment: 'prod' | 'test';
  readonly instance: string;
  readonly container: string;
  readonly version: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /** The whole raw event. */
  readonly raw: string;
}
