import { createHash } from 'node:crypto';
import { HOUR } from '../../../model/instant.ts';
import type { PracticeLogLine } from '../../world/state.ts';
import { insightsOperations } from './insights/index.ts';
import { compileFilter } from './logs-filter.ts';
import { groupNamed, logGroups } from './logs-groups.ts';
import { startLiveTail } from './logs-live.ts';
import { pageOf } from './paging.ts';
import { AwsError, type JsonCall, type JsonService, reading } from './protocol.ts';

/** Amazon CloudWatch Logs, API version 2014-03-28, JSON 1.1; the cockpit only reads it. */
export const logs: JsonService = {
  name: 'logs',
  target: 'Logs_20140328',
  operations: {
    DescribeLogGroups: reading(describeLogGroups),
    FilterLogEvents: reading(filterLogEvents),
    ...insightsOperations,
  },
  streams: { StartLiveTail: startLiveTail },
};

/** A page searches at most so much time: it may hold fewer events than asked for, even none, and still go on. */
const SEARCHED_A_PAGE = HOUR / 4;
const MOST_EVENTS = 10_000;

function describeLogGroups({ world, input }: JsonCall): object {
  const { state } = world;
  const prefix = input.text('logGroupNamePrefix') ?? '';
  const pattern = input.text('logGroupNamePattern') ?? '';
  const limit = input.number('limit') ?? 50;
  if (limit < 1 || limit > 50) throw outOfRange('limit', limit, 50);
  const found = logGroups(state).filter(({ name }) => name.startsWith(prefix) && name.includes(pattern));
  const { items, next } = pageOf(found, limit, input.text('nextToken'), invalidToken);
  return {
    logGroups: items.map(({ name }) => {
      const arn = `arn:aws:logs:${state.region}:${state.account}:log-group:${name}`;
      return {
        logGroupName: name,
        creationTime: Math.min(...state.stacks.map(({ createdAt }) => createdAt)),
        retentionInDays: 7,
        metricFilterCount: 0,
        arn: `${arn}:*`,
        logGroupArn: arn,
        storedBytes: 0,
        logGroupClass: 'STANDARD',
      };
    }),
    nextToken: next,
  };
}

function filterLogEvents({ world, input }: JsonCall): object {
  const identifier = input.text('logGroupIdentifier')?.replace(/^arn:.*:log-group:/, '');
  const group = groupNamed(input.text('logGroupName') ?? identifier, world.state);
  const limit = input.number('limit') ?? MOST_EVENTS;
  if (limit < 1 || limit > MOST_EVENTS) throw outOfRange('limit', limit, MOST_EVENTS);
  const token = input.text('nextToken');
  const oldest = world.now() - 7 * 24 * HOUR;
  const start =
    token === null ? { from: Math.max(input.number('startTime') ?? 0, oldest), skip: 0 } : readToken(token);
  // The API's end is inclusive, the world's exclusive.
  const end = Math.min(input.number('endTime') ?? world.now(), world.now()) + 1;
  const to = Math.min(start.from + SEARCHED_A_PAGE, end);
  const streams = new Set(input.strings('logStreamNames'));
  const streamPrefix = input.text('logStreamNamePrefix') ?? '';
  const matches = compileFilter(input.text('filterPattern') ?? '');
  const found = world.logs
    .lines({
      service: group.service,
      environment: group.environment,
      from: start.from,
      to,
      limit: Number.MAX_SAFE_INTEGER,
    })
    .filter(({ instance, raw }) => {
      const inStream = streams.size > 0 ? streams.has(instance) : instance.startsWith(streamPrefix);
      return inStream && matches(raw);
    })
    .slice(start.skip);
  const page = found.slice(0, limit);
  return {
    events: page.map(eventOf),
    searchedLogStreams: [],
    nextToken:
      found.length > limit
        ? writeToken(start.from, start.skip + limit)
        : to < end
          ? writeToken(to, 0)
          : undefined,
  };
}

function eventOf(line: PracticeLogLine): object {
  return {
    logStreamName: line.instance,
    timestamp: line.at,
    message: line.raw,
    ingestionTime: line.indexedAt,
    eventId: eventIdOf(line),
  };
}

/** 56 decimal digits, as CloudWatch's; made from the line's own address, so it stays the same. */
function eventIdOf({ bucket, cd, at }: PracticeLogLine): string {
  const hash = createHash('sha256').update(`${bucket}|${cd}|${at}`).digest('hex');
  return BigInt(`0x${hash}`).toString().padStart(56, '0').slice(-56);
}

function writeToken(from: number, skip: number): string {
  return Buffer.from(`page:${from}:${skip}`).toString('base64');
}

function readToken(token: string): { readonly from: number; readonly skip: number } {
  const parts = /^page:(\d+):(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'));
  if (parts === null) throw invalidToken();
  return { from: Number(parts[1]), skip: Number(parts[2]) };
}

function invalidToken(): AwsError {
  return new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
}

function outOfRange(name: string, value: number, most: number): AwsError {
  return new AwsError(
    'InvalidParameterException',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have value between 1 and ${most}`,
  );
}
