import {
  CloudWatchLogsClient,
  LimitExceededException,
  type LiveTailSessionLogEvent,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { Failure } from '../../model/failure.ts';
import { SECOND } from '../../model/instant.ts';
import type { CloudIdentity } from '../../model/stack.ts';
import { awsFailure } from './failure.ts';
import type { GroupOfLogs } from './log-page.ts';

export const LIVE_TAIL_PERMISSION = 'logs:StartLiveTail';
/** An update comes each second, if only an empty one: after so much silence nobody is there any more. */
const SILENCE_MS = 15 * SECOND;

/** What a session says in a second or less. */
export interface SessionUpdate {
  readonly events: readonly LiveTailSessionLogEvent[];
  /** There were more than 500 of them: these are a sample. */
  readonly sampled: boolean;
}

export interface SessionOf extends GroupOfLogs {
  readonly identity: CloudIdentity;
  /** In the language of filter patterns; missing: every event. */
  readonly pattern?: string;
}

/**
 * One Live Tail session, an empty update first; it lives, and is billed, until the signal aborts or nobody reads on.
 * Throws a `Failure` when it ends otherwise, as it does after three hours (`SessionTimeoutException`):
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
 */
export async function* liveTailSession(
  { clients, environment, group, identity, pattern }: SessionOf,
  signal: AbortSignal,
): AsyncGenerator<SessionUpdate, never, void> {
  const end = new AbortController();
  const silence = setTimeout(() => end.abort(silent()), SILENCE_MS);
  const command = new StartLiveTailCommand({
    logGroupIdentifiers: [groupArn(identity, group)],
    ...(pattern === undefined ? {} : { logEventFilterPattern: pattern }),
  });
  try {
    const client = clients.client(environment, 'stream', CloudWatchLogsClient);
    const abortSignal = AbortSignal.any([signal, end.signal]);
    const { responseStream = [] } = await client.send(command, { abortSignal });
    for await (const { sessionStart, sessionUpdate } of responseStream) {
      silence.refresh();
      if (sessionStart !== undefined) yield { events: [], sampled: false };
      if (sessionUpdate !== undefined) {
        const { sessionResults = [], sessionMetadata } = sessionUpdate;
        yield { events: sessionResults, sampled: sessionMetadata?.sampled === true };
      }
    }
    throw new Failure('aws', 'reset', 'CloudWatch ended the live tail.');
  } catch (thrown) {
    throw end.signal.aborted ? silent() : awsFailure(thrown, LIVE_TAIL_PERMISSION);
  } finally {
    clearTimeout(silence);
    end.abort();
  }
}

/** No stream has this name: the session that asks has nothing to tell. */
const NO_STREAM = 'oncall-doctor';

/** Opens a session and ends it at once: only so does AWS tell whether it is permitted. Throws where it is not. */
export async function mayTail(
  client: CloudWatchLogsClient,
  arn: string,
  { abortSignal }: { readonly abortSignal?: AbortSignal },
): Promise<void> {
  const end = new AbortController();
  const signals = abortSignal === undefined ? [end.signal] : [abortSignal, end.signal];
  const command = new StartLiveTailCommand({ logGroupIdentifiers: [arn], logStreamNames: [NO_STREAM] });
  try {
    await client.send(command, { abortSignal: AbortSignal.any(signals) });
  } catch (thrown) {
    // All sessions of the account are taken: that is told only to who may have one.
    if (!(thrown instanceof LimitExceededException)) throw thrown;
  } finally {
    end.abort();
  }
}

function silent(): Failure {
  return new Failure('aws', 'timeout', `The live tail has said nothing for ${SILENCE_MS / SECOND} s.`);
}

/** In the partition of whoever asks. Without the `:*` that other APIs put at the end. */
export function groupArn({ arn, account, region }: CloudIdentity, group: string): string {
  const partition = arn.split(':')[1] ?? 'aws';
  return `arn:${partition}:logs:${region}:${account}:log-group:${group}`;
}
