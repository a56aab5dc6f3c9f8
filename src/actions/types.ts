import type { StepRef } from '../model/deploy.ts';
import type { Instant } from '../model/instant.ts';
import type { SafeText } from '../model/safe-text.ts';
import type { SignalCount, StackEvent } from '../model/stack.ts';

/** What a person asks for, by key or by command. */
export type ActionRequest =
  | { readonly action: 'acknowledge'; readonly incidents: readonly string[] }
  | { readonly action: 'resolve'; readonly incidents: readonly string[] }
  | { readonly action: 'escalate'; readonly incident: string }
  | { readonly action: 'snooze'; readonly incident: string; readonly seconds: number }
  | { readonly action: 'note'; readonly incident: string; readonly text: string }
  | {
      readonly action: 'reroute';
      readonly incidents: readonly string[];
      readonly squad: string;
      /** Why this squad was suggested. */
      readonly because?: string;
    }
  | {
      readonly action: 'rollback';
      readonly service: string;
      readonly environment: string;
      /** Missing: the last version that succeeded and was healthy. */
      readonly to?: string;
      /** The incident to note it on. */
      readonly incident?: string;
      /** Why it has to be in spite of a freeze window. */
      readonly overrideFreeze?: string;
    }
  | {
      readonly action: 'unblock_deploy';
      readonly service: string;
      readonly environment: string;
      /** That goes on. */
      readonly version: string;
      readonly step: StepRef;
      /** Why it has to be in spite of a freeze window. */
      readonly overrideFreeze?: string;
    }
  | StackMending
  | SignalAction;

/** What is done to a signal, where its system can. */
export type SignalAction =
  | ({ readonly action: 'acknowledge_signal' } & SignalTarget)
  | ({ readonly action: 'downtime_signal'; readonly seconds: number } & SignalTarget)
  | ({
      readonly action: 'assign_ticket';
      readonly squad: string;
      /** Why this squad was suggested. */
      readonly because?: string;
    } & SignalTarget);

export interface SignalTarget {
  /** The monitoring system's name, and its own id of the signal. */
  readonly system: string;
  readonly signal: string;
  /** In which it was seen. */
  readonly environment: string;
}

/** Cancels the update of a service's stack that is under way, or continues its rollback that is stuck. */
export interface StackMending {
  readonly action: 'cancel_update' | 'continue_rollback';
  readonly service: string;
  readonly environment: string;
  /** The incident to note it on. */
  readonly incident?: string;
  /** Why it has to be in spite of a freeze window. */
  readonly overrideFreeze?: string;
}

export type ActionName = ActionRequest['action'];

/** A plan is data: what will change, who will notice, what could go wrong. Nothing has been changed yet. */
export interface Plan {
  readonly intent: string;
  readonly request: ActionRequest;
  /** Such as `Roll back charge-central in prod: 1.0.283 → 1.0.282`. */
  readonly title: string;
  /** Sentences for the person: targets, who will be paged, whether it can be taken back. */
  readonly lines: readonly string[];
  readonly checks: readonly Check[];
  readonly confirm: Confirm;
  /** Of everything the plan rests on; the same facts give the same hash. */
  readonly hash: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Resources that would change, for a person: `Modify AWS::AutoScaling::AutoScalingGroup Group (replaced)`. */
  readonly changes: readonly string[];
  /** How long it took before, in milliseconds; null: nothing to tell from. */
  readonly expectedMs: number | null;
}

export type Confirm =
  | { readonly kind: 'none' }
  | { readonly kind: 'key' }
  /** The person types this word: nothing else confirms. */
  | { readonly kind: 'typed'; readonly word: string };

export interface Check {
  readonly id: string;
  readonly result: 'pass' | 'warn' | 'block' | 'skipped';
  readonly text: string;
}

export type IntentState = 'planned' | 'sending' | 'sent' | 'confirmed' | 'failed' | 'refused' | 'unknown';

export interface Outcome {
  readonly state: 'confirmed' | 'failed' | 'refused' | 'unknown';
  /** One sentence, with what to do next where there is something. */
  readonly text: string;
}

export interface Progress {
  readonly state: IntentState;
  readonly text: string;
  readonly startedAt: Instant;
  /** The system's clock, for elapsed time. */
  readonly now: Instant;
  readonly events: readonly StackEvent[];
  /** Of a new group's instances; null: none are awaited, or it cannot be told. */
  readonly signals: SignalCount | null;
  /** What a deploy printed, from its beginning; empty: it tells none. */
  readonly output: readonly SafeText[];
}

export interface Consent {
  /** The word that was typed, where `confirm` asks for one. */
  readonly typed?: string;
  /** Ids of the warnings that were accepted. */
  readonly accepted: readonly string[];
}

export interface Offer {
  readonly kind: 'roll_back' | 'cancel_update' | 'continue_rollback' | 'wait';
  /** Why it cannot be rolled back now; empty: it can be planned. */
  readonly text: string;
  /** The work that is under way was begun from here: its intent; null: it was not, or nothing is. */
  readonly attach: string | null;
}

export interface Actions {
  /**
   * Why this action cannot be taken now: read-only mode, nobody to act as, or the system forbade it to this person
   * for that service (403), which holds until the tool is started anew. null: it can.
   */
  disabledReason(action: ActionName, service?: string | null): string | null;
  /**
   * Reads, judges and describes; changes nothing (a rollback's plan leaves one change set until `run` or `discard`).
   * Throws `ActionError` for a request that makes no sense, `Failure` when a system does not answer.
   */
  plan(request: ActionRequest, signal?: AbortSignal): Promise<Plan>;
  /** What fits the stack of a service as it stands: whether it can be rolled back at all. Throws as `plan` does. */
  offer(service: string, environment: string, signal?: AbortSignal): Promise<Offer>;
  /** For a plan that will not be run: takes away what planning left behind. Never throws. */
  discard(plan: Plan): Promise<void>;
  /** Sends once, reconciles, verifies. Never throws for what a system answered: that is the outcome. */
  run(
    plan: Plan,
    consent: Consent,
    onProgress: (progress: Progress) => void,
    signal?: AbortSignal,
  ): Promise<Outcome>;
  /** Intents found in `sending` or `sent`: under way, or unknown. */
  unfinished(): Promise<readonly JournalIntent[]>;
  /** Everything that was ever intended from here, oldest first. */
  journal(): Promise<readonly JournalIntent[]>;
  /** How many lines of it can no longer be read (a torn write, a damaged disk). */
  unreadableLines(): Promise<number>;
  /** Takes up an intent found in the journal: reads until its end is known; sends nothing of it again. */
  attach(intent: string, onProgress: (progress: Progress) => void, signal?: AbortSignal): Promise<Outcome>;
}

/** A request that makes no sense: unknown incident, squad, service or environment. One sentence with what to do. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}

export interface JournalIntent {
  readonly id: string;
  readonly action: ActionName;
  readonly state: IntentState;
  readonly service: string | null;
  readonly environment: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly who: string;
  readonly token: string | null;
  readonly incident: string | null;
  /** Where they came from, as sshd says (`SSH_CONNECTION`); null: not through SSH. */
  readonly origin: string | null;
  /** The machine that it was done on; null: an old line. */
  readonly host: string | null;
  /** Of the tool that did it; null: an old line, from before it was written down. */
  readonly version: string | null;
  readonly planHash: string;
  /** Digests of the images of `from` and `to`; null: not images, or not known. */
  readonly fromDigest: string | null;
  readonly toDigest: string | null;
  /** Why it was done in spite of a freeze window; null: nothing was frozen. */
  readonly reason: string | null;
  /** How long it took before, in milliseconds; null: nothing to tell from. */
  readonly expectedMs: number | null;
  readonly at: Instant;
  readonly history: readonly {
    readonly state: IntentState;
    readonly at: Instant;
    readonly text: string | null;
  }[];
}
