import type { Instant } from './instant.ts';
import type { SafeText } from './safe-text.ts';

/** A CloudFormation stack as it stands. */
export interface Stack {
  readonly name: string;
  readonly environment: string;
  readonly id: SafeText;
  /** CloudFormation's status; one that we do not know is shown raw. */
  readonly status: SafeText;
  readonly statusReason: SafeText | null;
  readonly updatedAt: Instant | null;
  /** As DescribeStacks prints them: NoEcho values read `****` and are never sent back. */
  readonly parameters: Readonly<Record<string, SafeText>>;
  readonly tags: Readonly<Record<string, SafeText>>;
  readonly capabilities: readonly SafeText[];
  readonly roleArn: SafeText | null;
  readonly identity: CloudIdentity;
}

/** Under which account, role and region a plan would be executed. */
export interface CloudIdentity {
  readonly account: SafeText;
  readonly arn: SafeText;
  readonly region: string;
}

export interface StackEvent {
  readonly id: string;
  readonly at: Instant;
  readonly resource: SafeText;
  readonly resourceType: SafeText;
  readonly status: SafeText;
  readonly reason: SafeText | null;
  /** The update's ClientRequestToken; null where it carried none. */
  readonly token: SafeText | null;
}

/** One operation on a stack, from its beginning on. */
export interface StackUpdate {
  /** Oldest first. */
  readonly events: readonly StackEvent[];
  /** Name of the group that it makes; null: none, or none yet. */
  readonly newGroup: SafeText | null;
  /** Name of the group that was there before; null: none is told. */
  readonly oldGroup: SafeText | null;
}

/** A change set that was made and read, not executed. */
export interface ChangePreview {
  readonly name: string;
  readonly stackId: string;
  readonly changes: readonly ResourceChange[];
}

export interface ResourceChange {
  readonly action: SafeText;
  readonly resource: SafeText;
  readonly resourceType: SafeText;
  /** `True`, `False` or `Conditional`; null where it does not apply. */
  readonly replacement: SafeText | null;
}

/** What CloudFormation waits for before it takes a new group for good; as the template says. */
export interface SignalRule {
  /** A number, or the stack's parameter that holds it; null: neither, or one of each instance. */
  readonly count: number | { readonly parameter: string } | null;
  /** In milliseconds, for all of them, or for those of one batch; null: a function that cannot be told. */
  readonly timeoutMs: number | null;
  /** The group is updated in batches and not replaced. */
  readonly inBatches: boolean;
}

/** How far the instances of a new group have told that they are well. */
export interface SignalCount {
  readonly received: number;
  /** Instances that told that they are not well. */
  readonly failed: number;
  readonly needed: number;
  /** When CloudFormation gives up; null: the group is not being made yet, or it is over. */
  readonly until: Instant | null;
}
