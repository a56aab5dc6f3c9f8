import { type PracticeRun, stepState } from '../../world/pipeline-run.ts';
import type { Instant, PracticeService, WorldState } from '../../world/state.ts';

export type EnvironmentName = 'prod' | 'test';

/** What Bamboo calls our environments. */
export const ENVIRONMENTS: Readonly<Record<EnvironmentName, string>> = { prod: 'Production', test: 'Test' };

const FIRST_PROJECT = 7_405_560;
const FIRST_RELEASE = 2_064_300;
const FIRST_RESULT = 2_228_200;
/** Between a deployment that is asked for and an agent that begins with it. */
const QUEUED_FOR = 4_000;

export function projectName({ name }: Pick<PracticeService, 'name'>): string {
  return `Deploy ${name}`;
}

/** Services that Bamboo deploys; each has a deployment project, and two environments in it. */
export function projectsOf(state: WorldState) {
  return state.services
    .filter(({ pipeline }) => pipeline === 'bamboo')
    .map((service, index) => {
      const id = FIRST_PROJECT + index * 10;
      return { id, service, environments: { test: id + 1, prod: id + 2 } };
    });
}

export type PracticeProject = ReturnType<typeof projectsOf>[number];

export interface PracticeRelease {
  readonly id: number;
  readonly version: string;
  readonly who: string;
  readonly createdAt: Instant;
}

/** Newest first. One is made of every build that came to an image. */
export function releasesOf(state: WorldState, service: string): readonly PracticeRelease[] {
  return state.pipelineRuns
    .map(({ version, who, createdAt, cause, service: of }, index) => ({
      id: FIRST_RELEASE + index,
      version,
      who,
      createdAt,
      counts: of === service && cause === 'push',
    }))
    .flatMap(({ version, counts, ...rest }) => (version === null || !counts ? [] : [{ ...rest, version }]))
    .toReversed();
}

export interface PracticeResult {
  readonly id: number;
  readonly run: PracticeRun;
  readonly environment: EnvironmentName;
  readonly lifeCycleState: string;
  readonly deploymentState: string;
  readonly startedAt: Instant;
  /** null: no agent has it yet. */
  readonly executedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

/** Newest first. */
export function resultsOf(state: WorldState, service: string): readonly PracticeResult[] {
  return state.pipelineRuns
    .flatMap((run, index) => (run.service === service ? resultsOfRun(run, FIRST_RESULT + index * 2) : []))
    .toSorted((one, other) => other.startedAt - one.startedAt || other.id - one.id);
}

export function resultId(state: WorldState, run: PracticeRun, environment: EnvironmentName): number {
  return FIRST_RESULT + state.pipelineRuns.indexOf(run) * 2 + (environment === 'prod' ? 1 : 0);
}

function resultsOfRun(run: PracticeRun, first: number): PracticeResult[] {
  return run.steps.flatMap((step): PracticeResult[] => {
    if (step.kind !== 'deploy') return [];
    const { environment, deploy, refused } = step;
    const base = { id: first + (environment === 'prod' ? 1 : 0), run, environment };
    if (refused !== null) {
      const { at } = refused;
      return [{ ...base, ...FAILED, startedAt: at - QUEUED_FOR, executedAt: at, finishedAt: at }];
    }
    if (deploy !== null) {
      const { startedAt, finishedAt } = deploy;
      const times = { startedAt: startedAt - QUEUED_FOR, executedAt: startedAt, finishedAt };
      const state = stepState(step);
      return [{ ...base, ...times, ...(state === 'running' ? RUNS : state === 'succeeded' ? DONE : FAILED) }];
    }
    // Of a build that waits to go on, Bamboo has a release, and nothing else.
    if (run.cause === 'push') return [];
    return [{ ...base, ...QUEUED, startedAt: run.createdAt, executedAt: null, finishedAt: null }];
  });
}

const QUEUED = { lifeCycleState: 'QUEUED', deploymentState: 'UNKNOWN' };
const RUNS = { lifeCycleState: 'IN_PROGRESS', deploymentState: 'UNKNOWN' };
const DONE = { lifeCycleState: 'FINISHED', deploymentState: 'SUCCESS' };
const FAILED = { lifeCycleState: 'FINISHED', deploymentState: 'FAILED' };
