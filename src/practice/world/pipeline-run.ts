/** One run of a service's pipeline, as plain data, and what can be read off it. */
import type { Instant } from '../../model/instant.ts';
import type { PracticeDeploy, PracticePipeline } from './state.ts';

/**
 * A run that came of a push builds an image, deploys it to test, waits and deploys it to prod; one of a branch builds
 * alone; one that somebody started for an environment deploys there alone.
 */
export interface PracticeRun {
  /** A UUID. */
  readonly id: string;
  readonly service: string;
  readonly system: PracticePipeline;
  /** Counts from 1 within a service; the deploys carry it as `build`. */
  readonly number: number;
  readonly cause: 'push' | 'started';
  /** Image tag that it deploys; null: it never came to one. */
  readonly version: string | null;
  readonly branch: string;
  /** 40 hex digits; `HEAD` before anything looked. */
  readonly commit: string;
  /** Of the commit, or of whoever started it. */
  readonly message: string;
  /** Short name. */
  readonly who: string;
  readonly createdAt: Instant;
  readonly intent: string | null;
  /** In their order; each begins when the one before it is through. */
  readonly steps: readonly PracticeStep[];
}

export type PracticeStep = BuildStep | BlockStep | DeployStep;

export interface BuildStep {
  readonly kind: 'build';
  readonly id: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly passed: boolean;
}

/** Waits for a person before what follows. */
export interface BlockStep {
  readonly kind: 'block';
  readonly id: string;
  /** What it guards. */
  readonly environment: 'prod' | 'test';
  /** null: the step before it is not through. */
  readonly since: Instant | null;
  unblocked: { readonly at: Instant; readonly who: string } | null;
}

export interface DeployStep {
  readonly kind: 'deploy';
  readonly id: string;
  readonly environment: 'prod' | 'test';
  /** One of `WorldState.deploys`: it is what the stack makes of it. null: it has not begun. */
  deploy: PracticeDeploy | null;
  /** The stack would not be updated; null: it would. */
  refused: { readonly at: Instant; readonly reason: string } | null;
}

export type StepState = 'pending' | 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** `pending`: its turn has not come. */
export function stepState(step: PracticeStep): StepState {
  if (step.kind === 'build') return step.passed ? 'succeeded' : 'failed';
  if (step.kind === 'block') {
    if (step.unblocked !== null) return 'succeeded';
    return step.since === null ? 'pending' : 'waiting';
  }
  if (step.refused !== null) return 'failed';
  if (step.deploy === null) return 'pending';
  return step.deploy.status === 'in_progress' ? 'running' : step.deploy.status;
}

/** `queued`: nothing of it has begun, or its next step is about to. */
export function runState(run: PracticeRun): Exclude<StepState, 'pending'> | 'queued' {
  for (const step of run.steps) {
    const state = stepState(step);
    if (state !== 'succeeded') return state === 'pending' ? 'queued' : state;
  }
  return 'succeeded';
}

/** From when on it was at work, or waited; null: its turn has not come. */
export function stepStart(step: PracticeStep): Instant | null {
  if (step.kind === 'build') return step.startedAt;
  if (step.kind === 'block') return step.since;
  return step.deploy?.startedAt ?? step.refused?.at ?? null;
}

/** null: it is not through. */
export function stepEnd(step: PracticeStep): Instant | null {
  if (step.kind === 'build') return step.finishedAt;
  if (step.kind === 'block') return step.unblocked?.at ?? null;
  return step.deploy?.finishedAt ?? step.refused?.at ?? null;
}

/** When the whole run was through; null: it is not. */
export function runEnd(run: PracticeRun): Instant | null {
  const state = runState(run);
  if (state === 'queued' || state === 'waiting' || state === 'running') return null;
  return run.steps.reduce((last, step) => Math.max(last, stepEnd(step) ?? last), run.createdAt);
}
