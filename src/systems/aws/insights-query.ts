import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { Failure } from '../../model/failure.ts';
import { type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import { safeText } from '../../model/safe-text.ts';
import { pause } from '../http/pauses.ts';
import { read } from './call.ts';
import type { GroupOfLogs } from './log-page.ts';

const START = 'logs:StartQuery';
const RESULTS = 'logs:GetQueryResults';
const STOP = 'logs:StopQuery';

/** Most rows of one answer of GetQueryResults, and so of a query here. */
export const MAX_ROWS = 10_000;
const FIRST_LOOK_MS = 250;
const LONGEST_LOOK_MS = 2 * SECOND;
/** Queries may run for an hour: nobody waits so long. */
const LONGEST_WAIT_MS = MINUTE;
const STOP_DEADLINE_MS = 3 * SECOND;

/** A row by the names of its fields; what a row lacks, is not told. */
export type QueryRow = Readonly<Record<string, string>>;

/**
 * Runs one Logs Insights query to its end; whatever happens, it does not run on (each byte that it scans is billed).
 * A state that is not known is one on the way.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html: times are whole seconds,
 * and both inclusive, so the query is told the milliseconds again.
 */
export async function runQuery(
  { clients, environment, group }: GroupOfLogs,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  commands: readonly string[],
  signal?: AbortSignal,
): Promise<readonly QueryRow[]> {
  const client = clients.client(environment, 'watch', CloudWatchLogsClient);
  const start = new StartQueryCommand({
    logGroupName: group,
    startTime: Math.max(0, Math.floor(from / SECOND)),
    endTime: Math.ceil(to / SECOND),
    queryString: [
      `filter toMillis(@timestamp) >= ${Math.floor(from)} and toMillis(@timestamp) < ${Math.floor(to)}`,
      ...commands,
    ].join(' | '),
    limit: MAX_ROWS,
  });
  const { queryId } = await read(START, signal, (options) => client.send(start, options)).catch(explained);
  let ended = false;
  try {
    const answer = await finished(async () => {
      const results = await read(RESULTS, signal, (options) =>
        client.send(new GetQueryResultsCommand({ queryId }), options),
      );
      ended = ENDS.has(results.status ?? '');
      return results;
    }, signal);
    return (answer.results ?? []).map((row) =>
      Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value])),
    );
  } finally {
    if (!ended) {
      const deadline = AbortSignal.timeout(STOP_DEADLINE_MS);
      const stop = new StopQueryCommand({ queryId });
      // Without the caller's signal: it may be why this ends. One that ended meanwhile cannot be stopped.
      await read(STOP, deadline, (options) => client.send(stop, options)).catch(() => undefined);
    }
  }
}

const ENDS: ReadonlySet<string> = new Set(['Complete', 'Failed', 'Cancelled', 'Timeout']);

async function finished(
  look: () => Promise<GetQueryResultsCommandOutput>,
  signal: AbortSignal | undefined,
): Promise<GetQueryResultsCommandOutput> {
  let state = '';
  for (
    let wait = FIRST_LOOK_MS, waited = 0;
    waited < LONGEST_WAIT_MS;
    waited += wait, wait = Math.min(LONGEST_LOOK_MS, wait * 2)
  ) {
    await pause(wait, signal).catch(() => {
      throw new Failure('aws', 'aborted', 'The query was given up.');
    });
    const answer = await look();
    state = answer.status ?? 'Unknown';
    if (state === 'Complete') return answer;
    if (state === 'Timeout') throw new Failure('aws', 'timeout', 'CloudWatch Logs: the query took too long.');
    if (state === 'Cancelled')
      throw new Failure('aws', 'server_error', 'CloudWatch Logs: the query was cancelled.');
    if (state === 'Failed') throw new Failure('aws', 'server_error', 'CloudWatch Logs: the query failed.');
  }
  const text = `CloudWatch Logs: the query is still ${safeText(state)} after ${LONGEST_WAIT_MS / SECOND} s, and was stopped.`;
  throw new Failure('aws', 'timeout', text);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
function explained(thrown: unknown): never {
  if (thrown instanceof Failure && thrown.details.vendorCode === 'LimitExceededException') {
    const text =
      'CloudWatch Logs: as many Logs Insights queries run in this account as may run at once. Ask again soon.';
    throw new Failure('aws', 'rate_limited', text, thrown.details);
  }
  throw thrown;
}
