import type { Service } from '../catalog.ts';
import type { StepRef, WaitingStep } from '../deploy.ts';
import type { Instant } from '../instant.ts';
import type { SafeText } from '../safe-text.ts';

/** What builds and deploys for a service. Every read throws a `Failure`; a write is sent exactly once. */
export interface Pipeline {
  /** As the config names it: `buildkite`. */
  readonly system: string;
  /** The step as it stands now; null: it waits no more. */
  waiting(step: StepRef, signal?: AbortSignal): Promise<WaitingStep | null>;
  /** Lets a waiting step go on, in that person's name where the system knows persons. */
  unblock(step: StepRef, from: string, signal?: AbortSignal): Promise<void>;
  /** Why this service cannot be deployed through it from here; null: it can. */
  cannotStart(service: Service, environment: string): string | null;
  /** Starts a deploy of that version. */
  start(order: DeployOrder, signal?: AbortSignal): Promise<void>;
  /** What became of a deploy that was started, found by its intent; null: it shows no trace of it. */
  run(order: DeployOrder, signal?: AbortSignal): Promise<PipelineRun | null>;
}

export interface DeployOrder {
  readonly service: Service;
  readonly environment: string;
  readonly version: string;
  /** Goes along, so that what was started can be found again. */
  readonly intent: string;
  /** E-mail address of the person in whose name it is done. */
  readonly who: string;
  /** When it was confirmed; nothing that began before is it. */
  readonly since: Instant;
}

export interface PipelineRun {
  readonly state: 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';
  /** What it is at, in the pipeline's own words: `Deploy to prod`. */
  readonly at: SafeText | null;
  /** Such as `#413`. */
  readonly reference: SafeText | null;
  readonly url: SafeText | null;
  readonly waiting: WaitingStep | null;
  /** The newest lines that it printed, oldest first; empty where it tells none. */
  readonly output: readonly SafeText[];
}
