import {
  type PracticeRun,
  type PracticeStep,
  stepEnd,
  stepStart,
  stepState,
} from '../../world/pipeline-run.ts';
import type { Instant, PracticePerson } from '../../world/state.ts';

export const WEB = 'https://buildkite.com/harbour';

/** Who is behind a short name: `dora`. */
export type Who = (name: string) => PracticePerson | undefined;

export function time(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

export function person(who: PracticePerson | undefined): object | null {
  if (who === undefined) return null;
  return {
    id: `user-${who.id}`,
    name: who.name,
    email: who.email,
    avatar_url: 'https://www.gravatar.com/avatar/0',
  };
}

export function pageOfBuild({ service, number }: PracticeRun): string {
  return `${WEB}/${service}/builds/${number}`;
}

/** Jobs of a build in the order of its steps: a block step is a `manual` job without a name or times. */
export function showJobs(run: PracticeRun, who: Who): object[] {
  return run.steps.map((step, index) => showJob(run, step, run.steps[index - 1] ?? null, who));
}

function showJob(run: PracticeRun, step: PracticeStep, before: PracticeStep | null, who: Who): object {
  const page = `${pageOfBuild(run)}#${step.id}`;
  if (step.kind === 'block') {
    const { unblocked } = step;
    return {
      id: step.id,
      type: 'manual',
      label: labelOf(step),
      step_key: keyOf(step),
      state: unblocked === null ? 'blocked' : 'unblocked',
      web_url: page,
      unblocked_by: unblocked === null ? null : person(who(unblocked.who)),
      unblocked_at: time(unblocked?.at ?? null),
      unblockable: stepState(step) === 'waiting',
      unblock_url: `${page}/unblock`,
    };
  }
  const start = stepStart(step);
  const end = stepEnd(step);
  const ready = before === null ? run.createdAt : stepEnd(before);
  return {
    id: step.id,
    type: 'script',
    name: labelOf(step),
    step_key: keyOf(step),
    state: jobState(step, before),
    web_url: page,
    command: `bin/${step.kind}`,
    soft_failed: false,
    exit_status: end === null ? null : stepState(step) === 'succeeded' ? 0 : 1,
    created_at: time(run.createdAt),
    scheduled_at: time(run.createdAt),
    runnable_at: time(start ?? ready),
    started_at: time(start),
    finished_at: time(end),
    retried: false,
    retried_in_job_id: null,
  };
}

function jobState(step: PracticeStep, before: PracticeStep | null): string {
  const state = stepState(step);
  if (state === 'succeeded') return 'passed';
  if (state === 'cancelled') return 'canceled';
  if (state !== 'pending') return state;
  const told = before === null ? 'succeeded' : stepState(before);
  if (told === 'succeeded') return 'scheduled';
  if (told === 'failed' || told === 'cancelled') return 'waiting_failed';
  return before?.kind === 'block' ? 'blocked' : 'waiting';
}

export function labelOf(step: PracticeStep): string {
  if (step.kind === 'build') return ':docker: Build and push';
  const where = step.environment;
  return step.kind === 'block' ? `:rotating_light: Release to ${where}?` : `:rocket: Deploy to ${where}`;
}

function keyOf(step: PracticeStep): string {
  if (step.kind === 'build') return 'build';
  return step.kind === 'block' ? `release-${step.environment}` : `deploy-${step.environment}`;
}
