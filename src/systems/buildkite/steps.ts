/** What the jobs of a build mean to us: which of them deploys where, and which waits for somebody. */
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { filled, type Place } from './place.ts';
import type { Build, Job } from './wire.ts';

const BLOCK = 'manual';

/** Several where a step runs in parallel. */
export function deployJobs({ jobs }: Build, place: Place): readonly Job[] {
  const wanted = filled(place.keys.deploy_step, { environment: place.theirs });
  return jobs.filter((job) => job.type !== BLOCK && isCalled(job, wanted));
}

/** The block step before the deploy; null: there is none. */
export function guardOf(build: Build, place: Place): Job | null {
  const { block_step: named } = place.keys;
  const blocks = build.jobs.filter(({ type }) => type === BLOCK);
  if (named !== undefined) {
    const wanted = filled(named, { environment: place.theirs });
    return blocks.find((job) => isCalled(job, wanted)) ?? null;
  }
  const [deploy] = deployJobs(build, place);
  const before = deploy === undefined ? [] : build.jobs.slice(0, build.jobs.indexOf(deploy));
  return before.findLast(({ type }) => type === BLOCK) ?? null;
}

/**
 * Whether it can be unblocked now: a block step whose predecessors are not through is blocked too, and not
 * unblockable. Of a canceled build nothing can be: https://buildkite.com/docs/apis/rest-api/jobs#unblock-a-job
 */
export function waits(build: Build, job: Job): boolean {
  const over = /^(canceled|canceling|skipped|not_run)$/.test(build.state);
  return job.type === BLOCK && job.state === 'blocked' && job.unblockable === true && !over;
}

/** As people call it. */
export function nameOf(job: Job): SafeText {
  const name = plain(job.label ?? job.name ?? '') || (job.step_key ?? '');
  return safeText(name === '' ? 'a step without a name' : name, { maxLength: 120 });
}

/** Its key and its labels, as the steps of its pipeline may call it. */
export function namesOf({ step_key: key, label, name }: Job): readonly SafeText[] {
  return [key, label, name].flatMap((one) => one ?? []);
}

function isCalled(job: Job, wanted: string): boolean {
  return namesOf(job).some((name) => plain(name) === plain(wanted));
}

/** Without the `:emoji:` that labels like to begin with. */
function plain(name: string): string {
  return name
    .replace(/:[\w+-]+:/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
