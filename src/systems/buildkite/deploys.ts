import type { Deploy, DeployStatus, WaitingStep } from '../../model/deploy.ts';
import type { Instant } from '../../model/instant.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import { SYSTEM } from './failure.ts';
import type { Place } from './place.ts';
import { encodeStep } from './step-id.ts';
import { deployJobs, guardOf, nameOf, waits } from './steps.ts';
import type { Build, Job } from './wire.ts';

/** States in which a job has not had its turn, or never will: …/rest-api/builds#job-data-model */
const IDLE: ReadonlySet<string> = new Set(
  'pending waiting waiting_failed blocked blocked_failed unblocked_failed skipped broken'.split(' '),
);
const READY: ReadonlySet<string> = new Set(
  'unblocked scheduled assigned accepted limiting limited'.split(' '),
);
const FAILED: ReadonlySet<string> = new Set(['failed', 'timed_out', 'expired']);

interface Turn {
  readonly status: Exclude<DeployStatus, 'waiting' | 'rolled_back'>;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
}

/** Deploys to one environment that these builds made, are making or wait to make; newest first. */
export function deploysOf(builds: readonly Build[], place: Place): readonly Deploy[] {
  const deploys: Deploy[] = [];
  let newest = 0;
  for (const build of builds.toSorted((one, other) => other.number - one.number)) {
    const turn = turnOf(deployJobs(build, place));
    // What waits behind a deploy of a later build is of the past.
    const waiting = turn === null && newest === 0 ? waitingStep(build, guardOf(build, place)) : null;
    const deploy = turn === null ? waitingDeploy(build, place, waiting) : deployOf(build, place, turn);
    if (turn !== null) newest = Math.max(newest, build.number);
    if (deploy !== null) deploys.push(deploy);
  }
  return deploys.sort((one, other) => other.startedAt - one.startedAt);
}

/** Of the step, if somebody can unblock it now. */
export function waitingStep(build: Build, job: Job | null): WaitingStep | null {
  if (job === null || !waits(build, job)) return null;
  return {
    system: SYSTEM,
    id: encodeStep({ pipeline: build.pipeline.slug, number: build.number, job: job.id }),
    label: nameOf(job),
    since: sinceWhen(build, job),
    asks: [],
    url: job.web_url ?? build.web_url,
  };
}

/** A variable of the build tells what it was asked to deploy, its meta-data what it built. null: neither does. */
export function versionOf({ env, meta_data: told }: Build, { keys }: Place): SafeText | null {
  const variable = Object.entries(keys.env).find(([, value]) => value === '{version}')?.[0];
  const version = (variable === undefined ? undefined : env[variable]) ?? told[keys.version];
  return typeof version === 'string' && version !== '' ? safeText(version, { maxLength: 256 }) : null;
}

export function referenceOf({ number }: Build): SafeText {
  return safeText(`#${number}`);
}

function deployOf(build: Build, place: Place, turn: Turn): Deploy | null {
  const version = versionOf(build, place);
  if (version === null) return null;
  return {
    service: place.service,
    environment: place.environment,
    version,
    ...turn,
    who: guardOf(build, place)?.unblocked_by ?? build.author ?? build.creator ?? ownText('unknown'),
    reference: referenceOf(build),
    source: SYSTEM,
    sources: [SYSTEM],
    url: build.web_url,
    waiting: null,
  };
}

function waitingDeploy(build: Build, place: Place, waiting: WaitingStep | null): Deploy | null {
  if (waiting === null) return null;
  const startedAt = waiting.since ?? build.created_at;
  const deploy = deployOf(build, place, { status: 'in_progress', startedAt, finishedAt: null });
  return deploy === null ? null : { ...deploy, status: 'waiting', waiting };
}

/** A block step has no times of its own: it waits since what stands before it is through. */
function sinceWhen(build: Build, job: Job): Instant | null {
  const before = build.jobs.slice(0, build.jobs.indexOf(job)).flatMap((one) => one.finished_at ?? []);
  return before.length === 0 ? null : Math.max(...before);
}

/** What became of the jobs of a deploy together; null: its turn has not come. */
function turnOf(jobs: readonly Job[]): Turn | null {
  const turns = jobs.flatMap((job) => jobTurn(job) ?? []);
  const [first] = turns;
  if (first === undefined) return null;
  const running = turns.length < jobs.length || turns.some(({ status }) => status === 'in_progress');
  const bad =
    turns.find(({ status }) => status === 'failed') ?? turns.find(({ status }) => status === 'cancelled');
  return {
    status: bad?.status ?? (running ? 'in_progress' : first.status),
    startedAt: Math.min(...turns.map(({ startedAt }) => startedAt)),
    finishedAt: running ? null : Math.max(...turns.map((turn) => turn.finishedAt ?? turn.startedAt)),
  };
}

function jobTurn(job: Job): Turn | null {
  const { state, runnable_at: runnableAt, started_at: begun, finished_at: finishedAt } = job;
  const startedAt = begun ?? (READY.has(state ?? '') ? runnableAt : null);
  if (startedAt === null || IDLE.has(state ?? '')) return null;
  if (state === 'passed') return { status: 'succeeded', startedAt, finishedAt };
  if (FAILED.has(state ?? '')) return { status: 'failed', startedAt, finishedAt };
  if (state === 'canceled') return { status: 'cancelled', startedAt, finishedAt };
  // `running`, and states to come: the times and the exit status tell.
  if (finishedAt === null) return { status: 'in_progress', startedAt, finishedAt };
  return { status: job.exit_status === 0 ? 'succeeded' : 'failed', startedAt, finishedAt };
}
