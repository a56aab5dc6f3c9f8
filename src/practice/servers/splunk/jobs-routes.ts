import type { World } from '../../world/world.ts';
import type { PracticeAnswer } from '../server.ts';
import { feed, json, messages, short } from './answer.ts';
import { isoTime } from './event.ts';
import type { Job } from './job.ts';
import { jobContent } from './job-content.ts';
import type { Jobs } from './jobs.ts';
import { Refusal } from './refusal.ts';
import { exportLines, page } from './results.ts';

export interface JobsCall {
  readonly jobs: Jobs;
  readonly world: World;
  readonly owner: string;
  readonly parameters: URLSearchParams;
}

/** POST search/v2/jobs: 201 and a sid; `oneshot` answers the rows themselves. */
export async function createJob(call: JobsCall): Promise<PracticeAnswer> {
  const { jobs, parameters, world, owner } = call;
  const mode = parameters.get('exec_mode') ?? 'normal';
  const job = jobs.create(parameters, owner, world);
  if (mode === 'normal') return short(201, 'sid', job.sid, parameters);
  await job.done;
  if (mode === 'blocking') return short(201, 'sid', job.sid, parameters);
  jobs.remove(job);
  return page(job.progress.rows, parameters, false);
}

export function listJobs({ jobs, world }: JobsCall): PracticeAnswer {
  return feed('/services/search/jobs', jobs.list().map(entry), isoTime(world.now()));
}

export function jobStatus({ jobs, world }: JobsCall, sid: string): PracticeAnswer {
  return feed('/services/search/jobs', [entry(jobs.get(sid))], isoTime(world.now()));
}

/** Final rows: 204 with an empty body until the job is done. */
export function jobResults({ jobs, parameters }: JobsCall, sid: string): PracticeAnswer {
  const job = jobs.get(sid);
  if (!job.isDone) return { status: 204 };
  if (job.state === 'FAILED') return messages(200, job.messages, parameters);
  return page(job.progress.rows, parameters, false);
}

/** Rows so far; for `events` those of a search without reporting commands. */
export function jobPreview({ jobs, parameters }: JobsCall, sid: string, events: boolean): PracticeAnswer {
  const job = jobs.get(sid);
  if (job.state === 'QUEUED' || job.state === 'PARSING') return { status: 204 };
  return page(events && job.search.transforming ? [] : job.preview, parameters, !job.isDone);
}

export function controlJob({ jobs, parameters }: JobsCall, sid: string): PracticeAnswer {
  const job = jobs.get(sid);
  const text = control(jobs, job, parameters);
  return messages(200, [{ type: 'INFO', text }], parameters);
}

export function deleteJob({ jobs, parameters }: JobsCall, sid: string): PracticeAnswer {
  jobs.remove(jobs.get(sid));
  return messages(200, [{ type: 'INFO', text: 'Search job cancelled.' }], parameters);
}

/** search/v2/jobs/export: streams; what went wrong before the first row is an ordinary error. */
export async function exportJob({ jobs, parameters, world, owner }: JobsCall): Promise<PracticeAnswer> {
  const job = jobs.create(parameters, owner, world);
  const previews = !['0', 'false', 'f'].includes(parameters.get('preview') ?? 'true');
  const rows = async function* () {
    try {
      await job.done;
      yield* exportLines(job.progress.rows, previews);
    } finally {
      jobs.remove(job);
    }
  };
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: rows() };
}

/** search/v2/jobs/{sid}/summary, timeline and search.log hold nothing that a client here needs. */
export function jobExtra({ jobs }: JobsCall, sid: string): PracticeAnswer {
  jobs.get(sid);
  return json(200, {});
}

function control(jobs: Jobs, job: Job, parameters: URLSearchParams): string {
  const action = parameters.get('action');
  switch (action) {
    case 'cancel':
      jobs.remove(job);
      return 'Search job cancelled.';
    case 'finalize':
      job.stop();
      return 'Search job finalized.';
    case 'pause':
      job.progress.paused = !job.isDone;
      return 'Search job paused.';
    case 'unpause':
      job.progress.paused = false;
      return 'Search job continued.';
    case 'touch':
      return 'Search job touched.';
    case 'setttl':
      job.ttl = positive(parameters, 'ttl');
      return `The ttl of the search job was changed to ${job.ttl}.`;
    case 'setpriority':
      job.priority = positive(parameters, 'priority');
      return "The search job's priority was changed.";
    case 'enablepreview':
      job.progress.previews = true;
      return 'Search job results preview enabled.';
    case 'disablepreview':
      job.progress.previews = false;
      return 'Search job results preview disabled.';
    default:
      throw new Refusal(400, 'FATAL', `Invalid action '${action}'.`);
  }
}

function positive(parameters: URLSearchParams, name: string): number {
  const value = Number(parameters.get(name));
  if (Number.isInteger(value) && value > 0) return value;
  throw new Refusal(400, 'FATAL', `Invalid ${name}.`);
}

function entry(job: Job) {
  return {
    name: job.search.text,
    path: `/services/search/jobs/${encodeURIComponent(job.sid)}`,
    author: job.owner,
    published: isoTime(job.createdAt),
    content: jobContent(job),
  };
}
