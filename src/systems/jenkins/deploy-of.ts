import type { Deploy } from '../../model/deploy.ts';
import type { Instant } from '../../model/instant.ts';
import type { PipelineRun } from '../../model/ports/index.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import { SYSTEM } from './failure.ts';
import { toWaitingStep } from './inputs.ts';
import type { Job } from './job.ts';
import { leadsTo } from './leads-to.ts';
import { deployStatus, stageNamed, stateOfBuild, stateOfStatus, timesOf, waitsSince } from './stages.ts';
import { type Build, type PendingInput, parameterOf, type Run, type Stage } from './wire.ts';

/** A build with what the plugin for pipelines tells of it. */
export interface ToldBuild {
  readonly build: Build;
  /** null: it is no pipeline. */
  readonly run: Run | null;
  /** What it waits for. */
  readonly inputs: readonly PendingInput[];
}

export interface Place {
  readonly base: string;
  readonly job: Job;
  readonly service: string;
  readonly environment: string;
}

type Course = Pick<Deploy, 'status' | 'startedAt' | 'finishedAt' | 'waiting'>;

/** What that build did in that environment; null: nothing. */
export function deployOf(told: ToldBuild, place: Place): Deploy | null {
  const { build } = told;
  const { base, job } = place;
  const course = courseOf(told, place);
  if (course === null) return null;
  return {
    service: place.service,
    environment: place.environment,
    version: versionOf(build, job),
    ...course,
    who: whoOf(build),
    reference: safeText(`#${build.number}`),
    source: SYSTEM,
    sources: [SYSTEM],
    url: safeText(`${base}${job.path}/${build.number}/`),
  };
}

function courseOf({ build, run, inputs }: ToldBuild, { base, job }: Place): Course | null {
  const asked = parameterOf(build, job.parameters.environment) || null;
  if (!job.isOwn && asked !== null && asked.toLowerCase() !== job.environment.toLowerCase()) return null;
  const input = inputs.find((one) => leadsTo(job, one, run));
  if (input !== undefined) {
    const since = run === null ? null : waitsSince(run);
    const waiting = toWaitingStep(base, { job: job.name, build: build.number }, input, since);
    return { status: 'waiting', startedAt: since ?? build.timestamp, finishedAt: null, waiting };
  }
  const stage = run === null ? null : stageNamed(run, job.stage);
  if (run !== null && stage !== null) return courseOfStage(build, run, stage);
  return job.isOwn || asked !== null ? courseOfBuild(build) : null;
}

function courseOfStage(build: Build, run: Run, stage: Stage): Course {
  const told = stateOfStatus(stage.status);
  const goesOn = told === null || told === 'running' || told === 'waiting';
  // A build that was killed leaves its stage as it was.
  const state = goesOn ? going(stateOfBuild(build)) : told;
  const { startedAt, endedAt } = timesOf(run, stage);
  return {
    status: deployStatus(state),
    startedAt,
    finishedAt: state === 'running' ? null : endedAt,
    waiting: null,
  };
}

/** The whole build is the deploy. */
function courseOfBuild(build: Build): Course {
  const state = going(stateOfBuild(build));
  const finishedAt: Instant | null = state === 'running' ? null : build.timestamp + build.duration;
  return { status: deployStatus(state), startedAt: build.timestamp, finishedAt, waiting: null };
}

/** A result that we do not know is none yet. */
function going(state: PipelineRun['state'] | null): PipelineRun['state'] {
  return state ?? 'running';
}

function versionOf(build: Build, job: Job): SafeText {
  const told = parameterOf(build, job.parameters.version);
  if (told !== null && told !== '') return safeText(told);
  const word = build.displayName?.trim().split(/\s+/).at(-1) ?? '';
  return /^[^#].*\d|^\d/.test(word) ? safeText(word) : ownText('unknown');
}

/** A person where there is one, else who pushed, or what began it: `timer`. */
function whoOf({ actions }: Build): SafeText {
  const causes = actions.flatMap((action) => action.causes);
  const person = causes.find(({ userName, userId }) => (userName ?? userId) != null);
  const otherwise =
    causes[0]?.shortDescription?.replace(/^Started by (\S+ push by |user )?/, '') || 'unknown';
  return person?.userName ?? person?.userId ?? safeText(otherwise);
}
