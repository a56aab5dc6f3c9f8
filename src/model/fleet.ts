import type { Instant } from './instant.ts';
import type { SafeText } from './safe-text.ts';

/** An Auto Scaling group with its instances. */
export interface Group {
  readonly name: SafeText;
  readonly service: string;
  readonly environment: string;
  readonly createdAt: Instant;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly suspendedProcesses: readonly SafeText[];
  readonly versions: VersionSources;
  readonly front: Front;
  readonly instances: readonly Instance[];
}

/** What sends traffic to a group's instances. */
export interface Front {
  /** Attached to the group; empty: nothing is. */
  readonly balancers: readonly Balancer[];
  /** Why some of them do not tell what they think of the instances; null: all do, or none was asked (yet). */
  readonly unread: Unread | null;
}

/** A target group, or a classic load balancer. */
export interface Balancer {
  readonly kind: 'target_group' | 'classic';
  /** What its system knows it by. */
  readonly id: SafeText;
  readonly name: SafeText;
  /** False: no load balancer uses that target group, so none of its targets gets traffic. */
  readonly inUse: boolean;
}

export interface Unread {
  readonly why: SafeText;
  /** Asking again soon answers the same: not permitted, gone. */
  readonly lasting: boolean;
}

/** The four places that say which version runs; null where that place was not read. */
export interface VersionSources {
  /** The stack's parameter: what is intended. */
  readonly parameter: SafeText | null;
  /** User data of the launch template or configuration: what boots next. */
  readonly launch: SafeText | null;
  /** The instances' tag. */
  readonly tag: SafeText | null;
  /** Images of the service's running containers: the truth. */
  readonly running: readonly SafeText[];
}

export interface Instance {
  readonly id: SafeText;
  /** Availability zone, such as `eu-west-1a`. */
  readonly zone: SafeText;
  /** Private address, for the way to its containers. */
  readonly address: SafeText | null;
  /** AWS's lifecycle state; one that we do not know is shown raw. */
  readonly lifecycle: SafeText;
  readonly health: SafeText;
  readonly launchedAt: Instant | null;
  /** null: nothing stands in front, or it was not asked (yet); see the group's `front`. */
  readonly traffic: Traffic | null;
  /** null: not read (yet); see `containersError`. */
  readonly containers: readonly Container[] | null;
  readonly containersError: SafeText | null;
}

/** One instance of any service, as its group thinks of it; words as in `Instance`. */
export interface InstanceHealth extends Pick<Instance, 'zone' | 'lifecycle' | 'health'> {
  readonly service: string;
}

/** What stands in front of an instance thinks of it; of several the one that thinks worst. */
export interface Traffic {
  /** unused: it gets no traffic; a state that we do not know is shown raw. */
  readonly state: 'healthy' | 'unhealthy' | 'initial' | 'draining' | 'unused' | SafeText;
  /** Name of the balancer that says so. */
  readonly by: SafeText;
  readonly reason: SafeText | null;
}

export interface Container {
  readonly id: SafeText;
  readonly name: SafeText;
  readonly image: SafeText;
  readonly imageDigest: SafeText | null;
  /** created running paused restarting removing exited dead, or one we do not know. */
  readonly state: SafeText;
  /** healthy unhealthy starting; null: the image has no health check. */
  readonly health: SafeText | null;
  readonly restarts: number;
  readonly exitCode: number | null;
  readonly outOfMemory: boolean;
  readonly startedAt: Instant | null;
}

/** One launch or end of an instance, as its group remembers it. */
export interface ScalingActivity {
  readonly group: SafeText;
  /** other: anything else that a group does, told by `text`. */
  readonly kind: 'launch' | 'end' | 'other';
  /** null: none is named; a launch that failed has none. */
  readonly instance: SafeText | null;
  readonly startedAt: Instant;
  readonly result: 'done' | 'failed' | 'under_way';
  /** What it says it is, with the reason where it failed. */
  readonly text: SafeText;
  /** What set it off (a failed health check, an alarm, a schedule); null: a request, or the group's size alone. */
  readonly why: SafeText | null;
  readonly failedHealthCheck: boolean;
}

export interface ScalingHistory {
  /** Oldest first. */
  readonly activities: readonly ScalingActivity[];
  /** false: there are more, and the oldest are left out. */
  readonly complete: boolean;
}
