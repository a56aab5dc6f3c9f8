import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { HOUR, type Instant, MINUTE, SECOND } from '../../../model/instant.ts';
import type { PracticeLiveTail, PracticeLogLine } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { eventMessage, exceptionMessage } from './event-stream.ts';
import { compileFilter } from './logs-filter.ts';
import { groupOfArn, type LogGroup } from './logs-groups.ts';
import { AwsError, type JsonCall } from './protocol.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MOST_SESSIONS = 15;
const MOST_GROUPS = 10;
/** An update holds so many events at most; of more it holds a sample. */
const MOST_EVENTS = 500;
const LONGEST_SESSION = 3 * HOUR;
/** What a session that is read too slowly, or whose clock jumps, still looks back for. */
const KEPT = 5 * MINUTE;
/** Updates come each second of the world, but not more often than this, in real milliseconds. */
const SHORTEST_TICK_MS = 100;

/**
 * A Live Tail session: what was ingested since the last update, searchable or not. It stands in the world's list of
 * live tails for as long as somebody reads it, for that is what is billed.
 */
export function startLiveTail({ world, input }: JsonCall): AsyncIterable<Buffer> {
  const arns = input.strings('logGroupIdentifiers');
  if (arns.length === 0 || arns.length > MOST_GROUPS) throw invalid('logGroupIdentifiers');
  const streams = new Set(input.strings('logStreamNames'));
  const prefixes = input.strings('logStreamNamePrefixes');
  if (streams.size > 0 && prefixes.length > 0) throw invalid('logStreamNamePrefixes');
  const groups = arns.map((arn) => groupOfArn(arn, world.state));
  const matches = compileFilter(input.text('logEventFilterPattern') ?? '');
  if (world.state.liveTails.length >= MOST_SESSIONS) {
    throw new AwsError(
      'LimitExceededException',
      'You have reached the maximum number of Live Tail sessions.',
    );
  }
  const accepts = ({ instance, raw }: PracticeLogLine) =>
    (streams.size === 0 || streams.has(instance)) &&
    (prefixes.length === 0 || prefixes.some((prefix) => instance.startsWith(prefix))) &&
    matches(raw);
  return session(world, arns, groups, accepts);
}

async function* session(
  world: World,
  arns: readonly string[],
  groups: readonly LogGroup[],
  accepts: (line: PracticeLogLine) => boolean,
): AsyncGenerator<Buffer, void, void> {
  const tail: PracticeLiveTail = { groups: groups.map(({ name }) => name), since: world.now(), ending: null };
  const { liveTails } = world.state;
  liveTails.push(tail);
  try {
    yield eventMessage('initial-response', {});
    const [requestId, sessionId] = [randomUUID(), randomUUID()];
    yield eventMessage('sessionStart', { requestId, sessionId, logGroupIdentifiers: arns });
    const tick = Math.max(SHORTEST_TICK_MS, SECOND / world.options.speed);
    for (let from = world.now(); ; ) {
      await pause(tick, undefined, { ref: false });
      const to = world.now();
      if (tail.ending === 'SessionStreamingException')
        return yield exceptionMessage('SessionStreamingException', 'An unknown error occurred.');
      const update = updateOf(ingested(world, groups, Math.max(from, to - KEPT), to).filter(accepts));
      if (tail.ending === 'cut') return yield update.subarray(0, update.length / 2);
      if (to - tail.since >= LONGEST_SESSION)
        return yield exceptionMessage('SessionTimeoutException', 'The Live Tail session has timed out.');
      yield update;
      from = to;
    }
  } finally {
    liveTails.splice(liveTails.indexOf(tail), 1);
  }
}

function ingested(
  world: World,
  groups: readonly LogGroup[],
  indexedFrom: Instant,
  indexedTo: Instant,
): PracticeLogLine[] {
  return groups.flatMap(({ service, environment }) =>
    world.logs.lines({
      service,
      environment,
      from: 0,
      to: indexedTo,
      indexedFrom,
      indexedTo,
      written: true,
      limit: Number.MAX_SAFE_INTEGER,
    }),
  );
}

function updateOf(lines: readonly PracticeLogLine[]): Buffer {
  const every = lines.length / MOST_EVENTS;
  const sampled = every > 1;
  const shown = sampled
    ? Array.from({ length: MOST_EVENTS }, (_, index) => lines[Math.floor(index * every)]).filter(
        (line) => line !== undefined,
      )
    : lines;
  return eventMessage('sessionUpdate', {
    sessionMetadata: { sampled },
    sessionResults: shown.map((line) => ({
      logGroupIdentifier: `/harbour/${line.environment}/${line.service}`,
      logStreamName: line.instance,
      message: line.raw,
      timestamp: line.at,
      ingestionTime: line.indexedAt,
    })),
  });
}

function invalid(name: string): AwsError {
  return new AwsError('InvalidParameterException', `1 validation error detected at '${name}'.`);
}
