import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import { safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import { pause } from '../http/pauses.ts';
import type { SplunkClient } from './client.ts';
import { SYSTEM, saidFailure } from './failure.ts';
import { type Row, rowId, rowSchema } from './log-line.ts';
import { type Job, jobOf, type SplunkService } from './sdk.ts';

const FIRST_LOOK_MS = 60;
const LONGEST_LOOK_MS = SECOND;
const LONGEST_JOB_MS = MINUTE;
const LONGEST_WAIT_MS = 2 * MINUTE;
const PAGE = 1_000;
/** By how much a page is cut down that was too large. */
const PAGE_CUT = 10;

/** A search to run; spans are half open. */
export interface JobRequest {
  readonly spl: string;
  /** In Splunk's time modifiers (`at`, `ahead`): relative ones need no clock of its. */
  readonly event: { readonly earliest: string; readonly latest: string };
  /** On Splunk's clock, whole seconds; null: whenever it was indexed. */
  readonly indexed: { readonly from: Instant; readonly to: Instant } | null;
  /** Rows kept. */
  readonly maxRows: number;
}

export interface JobAnswer {
  /** In Splunk's order: newest first. */
  readonly rows: readonly Row[];
  /** Events found, kept or not. */
  readonly found: number;
  /** Why the answer may lack something; null: it is complete. */
  readonly incomplete: Failure | null;
}

/** A boolean, which older versions write as 1 or "1". */
export const flag = z
  .unknown()
  .transform((raw) => raw === true || raw === 1 || raw === '1' || raw === 'true')
  .default(false);

/** https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch (search/jobs/{search_id}, returned values) */
export const statusSchema = z.object({
  /** A job that was only just made answers with nothing, HTTP 204 (splunk-sdk-python, `Job.is_ready`): it is on the way. */
  dispatchState: z.string().default('QUEUED'),
  doneProgress: z.coerce.number().catch(0),
  eventCount: z.coerce.number().catch(0),
  scanCount: z.coerce.number().catch(0),
  resultCount: z.coerce.number().catch(0),
  resultPreviewCount: z.coerce.number().catch(0),
  isDone: flag,
  isFailed: flag,
  isFinalized: flag,
  isPaused: flag,
  messages: z.array(z.object({ type: z.string(), text: z.string() })).catch([]),
});
export type Status = z.output<typeof statusSchema>;

const pageSchema = z.object({
  results: z.array(rowSchema).default([]),
  fields: z.array(z.object({ name: z.string() })).default([]),
});
type Page = z.output<typeof pageSchema>;

/** Rows of a job, and the names of their fields in Splunk's order. */
export interface JobRows {
  readonly rows: readonly Row[];
  readonly fields: readonly string[];
}

/** Runs one normal job to its end and reads its rows; the job is cancelled whatever happens. */
export function runJob(client: SplunkClient, request: JobRequest, signal?: AbortSignal): Promise<JobAnswer> {
  const redact = (text: string) => client.redact(text);
  return client.call(async (service) => {
    const job = await begun(client, service, request);
    try {
      const status = await finished(job, signal);
      if (status.isFailed || status.dispatchState === 'FAILED') throw saidFailure(status.messages, redact);
      const read = await allRows(job, 'results', Math.min(status.resultCount, request.maxRows));
      const rows = eachOnce(read.rows);
      const incomplete = shortcoming(status, rows.length, request.maxRows, redact);
      return { rows, found: Math.max(status.eventCount, rows.length), incomplete };
    } finally {
      // What fails here is mended by auto_cancel.
      await job.cancel().catch(() => undefined);
    }
  }, signal);
}

/** Under a name of our own: where the answer does not come, given up or lost, the job may be there all the same. */
async function begun(client: SplunkClient, service: SplunkService, request: JobRequest): Promise<Job> {
  const sid = newSid();
  try {
    return await service.search(request.spl, { id: sid, ...parametersOf(request) });
  } catch (thrown) {
    if (client.failure(thrown).mayHaveHappened) await cancelJob(client, sid);
    throw thrown;
  }
}

export function newSid(): string {
  return `oncall_${randomUUID()}`;
}

/** Never throws: a job that could not be cancelled ends by itself, when nobody has touched it for a while. */
export async function cancelJob(client: SplunkClient, sid: string): Promise<void> {
  await client.call(async (service) => (await jobOf(service, sid)).cancel()).catch(() => undefined);
}

/** https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch (search/v2/jobs, POST) */
function parametersOf(request: JobRequest): object {
  const { event, indexed } = request;
  return {
    exec_mode: 'normal',
    earliest_time: event.earliest,
    latest_time: event.latest,
    ...(indexed === null ? {} : { index_earliest: at(indexed.from), index_latest: at(indexed.to) }),
    max_count: request.maxRows,
    max_time: LONGEST_JOB_MS / SECOND,
    auto_cancel: 30,
    adhoc_search_level: 'fast',
  };
}

/** A moment on Splunk's clock as a time modifier. */
export function at(instant: Instant): string {
  return instant % SECOND === 0 ? String(instant / SECOND) : (instant / SECOND).toFixed(3);
}

/** So much before Splunk's now. */
export function ago(ms: number): string {
  return `-${Math.ceil(ms / SECOND)}s`;
}

/** So much after Splunk's now: events may be dated ahead of its clock. */
export function ahead(ms: number): string {
  return `+${Math.ceil(ms / SECOND)}s`;
}

/** A state that is not known is one on the way. Waiting for a turn does not count in `max_time`: it is bounded here. */
async function finished(job: Job, signal: AbortSignal | undefined): Promise<Status> {
  let state = '';
  for (let wait = FIRST_LOOK_MS, waited = 0; ; wait = Math.min(LONGEST_LOOK_MS, wait * 2)) {
    if (waited > LONGEST_WAIT_MS) {
      const text = `Splunk: the search is still ${safeText(state)} after ${LONGEST_WAIT_MS / SECOND} s, and was cancelled.`;
      throw new Failure(SYSTEM, 'timeout', text);
    }
    await pause(wait, signal).catch(() => {
      throw new Failure(SYSTEM, 'aborted', 'The search was given up.');
    });
    const { dispatchState, ...status } = decode(
      SYSTEM,
      'a job',
      statusSchema,
      (await job.fetch({})).properties(),
    );
    state = dispatchState;
    waited += wait;
    if (status.isDone || dispatchState === 'DONE' || dispatchState === 'FAILED')
      return { dispatchState, ...status };
  }
}

/** Page by page until one is empty: a page may hold fewer rows than asked for. */
export async function allRows(job: Job, from: 'results' | 'preview', count: number): Promise<JobRows> {
  const rows: Row[] = [];
  const fields = new Set<string>();
  let most = PAGE;
  while (rows.length < count) {
    const asked = { offset: rows.length, count: Math.min(most, count - rows.length), output_mode: 'json' };
    const page = await pageOf(job, from, asked);
    if (page === null) {
      most = Math.ceil(asked.count / PAGE_CUT);
      continue;
    }
    if (page.results.length === 0) break;
    rows.push(...page.results);
    for (const { name } of page.fields) fields.add(name);
  }
  return { rows, fields: [...fields] };
}

/** Pages that overlap give an event twice, and then lack another one: that shows in their number. */
export function eachOnce(rows: readonly Row[]): readonly Row[] {
  const ids = new Set<string>();
  return rows.filter((row) => {
    const id = rowId(row);
    return id === null || ids.size < ids.add(id).size;
  });
}

/** null: the rows are too long for so many of them in one answer. */
async function pageOf(
  job: Job,
  from: 'results' | 'preview',
  asked: { readonly offset: number; readonly count: number; readonly output_mode: string },
): Promise<Page | null> {
  try {
    const [body] = await job[from](asked);
    return decode(SYSTEM, 'results', pageSchema, body);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'too_large' && asked.count > 1) return null;
    throw thrown;
  }
}

/**
 * What the newest `limit` rows lack (`newestSpl`), though the job is done. A search that has found enough may call itself
 * stopped early, if it warns of nothing; Splunk may keep fewer rows than it was asked for.
 */
export function newestLack({ rows, found, incomplete }: JobAnswer, limit: number): Failure | null {
  if (rows.length >= limit && incomplete?.details.vendorCode === undefined) return null;
  if (incomplete !== null || found <= rows.length) return incomplete;
  const text = `Splunk: it kept only the newest ${rows.length} of ${found} lines.`;
  return new Failure(SYSTEM, 'too_large', text);
}

/** A job that is done may still have been stopped early, or have lost an indexer: only its own words tell. */
export function shortcoming(
  status: Status,
  rows: number,
  maxRows: number,
  redact: (text: string) => string,
): Failure | null {
  const bad = status.messages.filter(({ type }) => /^(WARN|ERROR|FATAL)/i.test(type));
  if (bad.length > 0) return saidFailure(bad, redact);
  if (status.isFinalized) return new Failure(SYSTEM, 'server_error', 'Splunk: the search was stopped early.');
  const expected = Math.min(status.resultCount, maxRows);
  if (rows < expected) {
    return new Failure(SYSTEM, 'unreadable', `Splunk: only ${rows} of ${expected} rows could be read.`);
  }
  return null;
}
