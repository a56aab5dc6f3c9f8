import {
  type PracticeRun,
  type PracticeStep,
  stepEnd,
  stepStart,
  stepState,
} from '../../world/pipeline-run.ts';
import type { Instant, PracticePerson, WorldState } from '../../world/state.ts';

/** Folder of the jobs, each called as its service. */
export const FOLDER = 'deploys';
/** Environments as the tribe's Jenkins calls them. */
export const ENVIRONMENTS = { prod: 'production', test: 'test' } as const;

export interface JenkinsStage {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly pausedMs: number;
}

const STATUSES = {
  waiting: 'PAUSED_PENDING_INPUT',
  running: 'IN_PROGRESS',
  succeeded: 'SUCCESS',
  failed: 'FAILED',
  cancelled: 'ABORTED',
  pending: 'NOT_EXECUTED',
  queued: 'IN_PROGRESS',
} as const;

export function statusOf(state: keyof typeof STATUSES): string {
  return STATUSES[state];
}

/** Oldest first, those that are in the queue among them. */
export function runsOf({ pipelineRuns, services }: WorldState, job: string): readonly PracticeRun[] | null {
  const service = services.find(({ name, pipeline }) => pipeline === 'jenkins' && name === job);
  return service === undefined ? null : pipelineRuns.filter((run) => run.service === job);
}

/** No executor has taken it so far. */
export function isQueued(run: PracticeRun): boolean {
  const [first] = run.steps;
  return run.cause === 'started' && first !== undefined && stepState(first) === 'pending';
}

/** Those that have begun. */
export function stagesOf({ steps }: PracticeRun, now: Instant): readonly JenkinsStage[] {
  return steps.flatMap((step, index): readonly JenkinsStage[] => {
    const startedAt = stepStart(step);
    if (startedAt === null) return [];
    const endedAt = Math.max(startedAt, stepEnd(step) ?? now);
    return [
      {
        id: String(6 + 4 * index),
        name: nameOf(step),
        status: statusOf(stepState(step)),
        startedAt,
        endedAt,
        pausedMs: step.kind === 'block' ? endedAt - startedAt : 0,
      },
    ];
  });
}

export function personOf({ people }: Pick<WorldState, 'people'>, who: string): PracticePerson | null {
  return people.find(({ email }) => email.startsWith(`${who}@`)) ?? null;
}

function nameOf(step: PracticeStep): string {
  if (step.kind === 'build') return 'Build';
  return step.kind === 'block' ? 'Approve' : `Deploy to ${ENVIRONMENTS[step.environment]}`;
}
