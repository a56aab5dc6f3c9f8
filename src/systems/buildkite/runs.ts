import type { WaitingStep } from '../../model/deploy.ts';
import type { PipelineRun } from '../../model/ports/pipelines.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { referenceOf, waitingStep } from './deploys.ts';
import type { Place } from './place.ts';
import { guardOf, nameOf } from './steps.ts';
import type { Build, Job } from './wire.ts';

const STATES: Readonly<Record<string, PipelineRun['state']>> = {
  creating: 'queued',
  scheduled: 'queued',
  running: 'running',
  failing: 'running',
  canceling: 'running',
  passed: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
  skipped: 'cancelled',
  not_run: 'cancelled',
};

/** What a build is at; a state that is not known here is under way, and stands in `at` as it is. */
export function runOf(build: Build, place: Place): Omit<PipelineRun, 'output'> {
  const blocks = [guardOf(build, place), ...build.jobs].map((job) => waitingStep(build, job));
  const waiting = blocks.find((step) => step !== null) ?? null;
  const known = STATES[build.state];
  const stopped = build.blocked === true || known === 'running' || known === 'queued';
  const state = waiting !== null && stopped ? 'waiting' : (known ?? 'running');
  return {
    state,
    at: known === undefined ? build.state : atOf(build, state, state === 'waiting' ? waiting : null),
    reference: referenceOf(build),
    url: build.web_url,
    waiting: state === 'waiting' ? waiting : null,
  };
}

/** The job to read when it failed; null: none did. */
export function failedJob({ jobs }: Build): Job | null {
  return (
    jobs.findLast(({ type, state }) => type === 'script' && /^(failed|timed_out)$/.test(state ?? '')) ?? null
  );
}

function atOf(build: Build, state: PipelineRun['state'], waiting: WaitingStep | null): SafeText | null {
  if (waiting !== null) return waiting.label;
  const busy =
    state === 'failed'
      ? failedJob(build)
      : build.jobs.find((job) => /^(running|assigned|accepted|scheduled|limited)$/.test(job.state ?? ''));
  return busy === null || busy === undefined ? null : nameOf(busy);
}

/** Without the time stamps and colours that agents put in: https://buildkite.com/docs/pipelines/configure/managing-log-output */
export function logLines(log: string, most: number): readonly SafeText[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is taken out
  const bare = log.replace(/\u001b_bk;[^\u0007]*\u0007/g, '').replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
  return bare
    .split(/\r*\n/)
    .map((line) => safeText(line.replace(/^.*\r/, ''), { maxLength: 500 }))
    .filter((line) => line.trim() !== '')
    .slice(-most);
}
