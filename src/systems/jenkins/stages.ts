import type { DeployStatus } from '../../model/deploy.ts';
import type { Instant } from '../../model/instant.ts';
import type { PipelineRun } from '../../model/ports/index.ts';
import type { Build, Run, Stage } from './wire.ts';

/** From when until when a stage worked. */
export interface StageTimes {
  readonly startedAt: Instant;
  /** Until now, where it goes on. */
  readonly endedAt: Instant;
}

const OF_STATUS: Readonly<Record<string, PipelineRun['state']>> = {
  SUCCESS: 'succeeded',
  UNSTABLE: 'succeeded',
  FAILED: 'failed',
  ABORTED: 'cancelled',
  IN_PROGRESS: 'running',
  PAUSED_PENDING_INPUT: 'waiting',
};

const OF_RESULT: Readonly<Record<string, PipelineRun['state']>> = {
  SUCCESS: 'succeeded',
  UNSTABLE: 'succeeded',
  FAILURE: 'failed',
  NOT_BUILT: 'failed',
  ABORTED: 'cancelled',
};

/** null: a status that says nothing of it, NOT_EXECUTED and those that we do not know. */
export function stateOfStatus(status: string): PipelineRun['state'] | null {
  return OF_STATUS[status] ?? null;
}

/** As Jenkins itself tells of a build; null: a result that we do not know. */
export function stateOfBuild({
  building,
  result,
}: Pick<Build, 'building' | 'result'>): PipelineRun['state'] | null {
  if (building || result === null || result === undefined) return 'running';
  return OF_RESULT[result] ?? null;
}

export function deployStatus(state: PipelineRun['state']): DeployStatus {
  return state === 'running' || state === 'queued' ? 'in_progress' : state;
}

/** The stage of that name in lower case; a stage that was tried again stands there twice, and the last one counts. */
export function stageNamed({ stages }: Run, name: string): Stage | null {
  const own = stages.filter((stage) => stage.name.trim().toLowerCase() === name);
  return own.findLast(hasBegun) ?? null;
}

export function hasBegun({ status }: Stage): boolean {
  return status !== 'NOT_EXECUTED' && status !== 'SKIPPED';
}

/**
 * A stage begins to work when the pause at its beginning is over. Versions of the plugin that tell 0 as the start
 * (ChunkVisitor.handleChunkDone passes it before it is known) tell durations all the same: stages follow each other.
 */
export function timesOf(run: Run, stage: Stage): StageTimes {
  const before = run.stages.slice(0, run.stages.indexOf(stage)).filter(hasBegun);
  const begun =
    stage.startTimeMillis > 0
      ? stage.startTimeMillis
      : before.reduce((at, { durationMillis }) => at + durationMillis, run.startTimeMillis);
  const pause = Math.min(stage.pauseDurationMillis, stage.durationMillis);
  return { startedAt: begun + pause, endedAt: begun + stage.durationMillis };
}

/** Since when a build waits for an input; null: it does not tell. */
export function waitsSince(run: Run): Instant | null {
  const paused = pausedStage(run);
  if (paused === null || paused.pauseDurationMillis <= 0) return null;
  const { endedAt } = timesOf(run, paused);
  return endedAt - Math.min(paused.pauseDurationMillis, paused.durationMillis);
}

export function pausedStage({ stages }: Run): Stage | null {
  return stages.findLast(({ status }) => status === 'PAUSED_PENDING_INPUT') ?? null;
}
