import type { Instant } from './instant.ts';
import type { SafeText } from './safe-text.ts';

/** `waiting`: a pipeline has it ready and waits for a person. */
export type DeployStatus = 'waiting' | 'in_progress' | 'succeeded' | 'failed' | 'cancelled' | 'rolled_back';

/** One change of a service's version in one environment. */
export interface Deploy {
  readonly service: string;
  readonly environment: string;
  readonly version: SafeText;
  readonly status: DeployStatus;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  /** `unknown` where the system names no actor. */
  readonly who: SafeText;
  /** The pipeline's or ticket's reference, such as `#412`. */
  readonly reference: SafeText | null;
  /** Who tells when it was and how it ended. */
  readonly source: string;
  /** All that told of it, `source` first. */
  readonly sources: readonly string[];
  /** Page of the pipeline that ran it, else of `source`. */
  readonly url: SafeText | null;
  /** The step at which its pipeline waits for a person; null: none does. */
  readonly waiting: WaitingStep | null;
}

/** What leads back to a step of a pipeline. */
export interface StepRef {
  /** As the config names it: `buildkite`. */
  readonly system: string;
  /** The system's own handle, such as a job's id. */
  readonly id: string;
}

/** A step of a pipeline that a person has to unblock. */
export interface WaitingStep extends StepRef {
  /** As the pipeline calls it: `Deploy to production`. */
  readonly label: SafeText;
  /** null: not told. */
  readonly since: Instant | null;
  /** What it wants to be told first, and has no default for: then it can be unblocked in the pipeline's own page only. */
  readonly asks: readonly SafeText[];
  readonly url: SafeText | null;
}

export interface Image {
  readonly version: SafeText;
  readonly digest: SafeText;
  /** When it was pushed; when it was built, where the registry does not tell; null: neither is known. */
  readonly pushedAt: Instant | null;
}

/** What an image says of itself, by name: the `Labels` of its configuration. */
export type ImageLabels = ReadonlyMap<string, SafeText>;
