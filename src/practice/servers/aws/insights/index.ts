import { createHash } from 'node:crypto';
import { SECOND } from '../../../../model/instant.ts';
import type { World } from '../../../world/world.ts';
import { groupNamed } from '../logs-groups.ts';
import { AwsError, type JsonCall, type JsonService, reading } from '../protocol.ts';
import { parseQuery } from './parse.ts';
import { answerOf, type InsightsRow } from './run.ts';

/** CloudWatch Logs Insights; its queries change nothing, so none of these is a mutation. */
export const insightsOperations: JsonService['operations'] = {
  StartQuery: reading(startQuery),
  GetQueryResults: reading(getQueryResults),
  StopQuery: reading(stopQuery),
  DescribeQueries: reading(describeQueries),
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MOST_RUNNING = 30;
/** Real milliseconds, as somebody waits for them. */
const SCHEDULED_MS = 30;
const RUNNING_MS = 150;
const MOST_ROWS = 10_000;
/** Of a query that ended, the newest so many are known. */
const MOST_KNOWN = 1_000;

interface Query {
  readonly id: string;
  readonly text: string;
  readonly group: string;
  readonly createTime: number;
  readonly startedAt: number;
  readonly rows: readonly InsightsRow[];
  readonly scanned: number;
  readonly bytes: number;
  cancelled: boolean;
}

/** In the order of their beginning. */
const known = new WeakMap<World, Map<string, Query>>();
const started = new WeakMap<World, number>();

function queriesOf(world: World): Map<string, Query> {
  const queries = known.get(world) ?? new Map<string, Query>();
  known.set(world, queries);
  return queries;
}

function statusOf({ cancelled, startedAt }: Query): 'Scheduled' | 'Running' | 'Complete' | 'Cancelled' {
  if (cancelled) return 'Cancelled';
  const age = performance.now() - startedAt;
  return age < SCHEDULED_MS ? 'Scheduled' : age < RUNNING_MS ? 'Running' : 'Complete';
}

const isUnderWay = (query: Query) => ['Scheduled', 'Running'].includes(statusOf(query));

function startQuery({ world, input }: JsonCall): object {
  const names = [input.text('logGroupName'), ...input.strings('logGroupNames')].filter(
    (name) => name !== null,
  );
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) throw invalid('Exactly one log group is queried here.');
  const group = groupNamed(name, world.state);
  const [start, end] = [input.number('startTime'), input.number('endTime')];
  if (start === null || end === null || end < start) throw invalid('The time range is not valid.');
  const text = input.text('queryString') ?? '';
  const commands = parseQuery(text);
  const queries = queriesOf(world);
  if ([...queries.values()].filter(isUnderWay).length >= MOST_RUNNING) {
    throw new AwsError('LimitExceededException', 'Account maximum query concurrency limit reached.');
  }
  const lines = world.logs.lines({
    service: group.service,
    environment: group.environment,
    from: start * SECOND,
    to: Math.min((end + 1) * SECOND, world.now() + 1),
    limit: Number.MAX_SAFE_INTEGER,
  });
  const query: Query = {
    id: nextId(world),
    text,
    group: group.name,
    createTime: world.now(),
    startedAt: performance.now(),
    rows: answerOf(commands, lines).slice(0, Math.min(input.number('limit') ?? MOST_ROWS, MOST_ROWS)),
    scanned: lines.length,
    bytes: lines.reduce((sum, { raw }) => sum + raw.length, 0),
    cancelled: false,
  };
  queries.set(query.id, query);
  for (const id of [...queries.keys()].slice(0, Math.max(0, queries.size - MOST_KNOWN))) queries.delete(id);
  return { queryId: query.id };
}

function getQueryResults({ world, input }: JsonCall): object {
  const query = queryNamed(world, input.text('queryId'));
  const status = statusOf(query);
  const done = status === 'Complete';
  return {
    queryLanguage: 'CWLI',
    results: done
      ? query.rows.map((row) => Object.entries(row).map(([field, value]) => ({ field, value })))
      : [],
    statistics: {
      recordsMatched: done ? query.scanned : 0,
      recordsScanned: done ? query.scanned : 0,
      bytesScanned: done ? query.bytes : 0,
    },
    status,
  };
}

function stopQuery({ world, input }: JsonCall): object {
  const query = queryNamed(world, input.text('queryId'));
  if (!isUnderWay(query)) {
    throw invalid(`Query with queryId: ${query.id} has ended. It cannot be stopped.`);
  }
  query.cancelled = true;
  return { success: true };
}

function describeQueries({ world, input }: JsonCall): object {
  const [group, status] = [input.text('logGroupName'), input.text('status')];
  return {
    queries: [...queriesOf(world).values()]
      .filter(
        (query) => (group ?? query.group) === query.group && (status ?? statusOf(query)) === statusOf(query),
      )
      .toReversed()
      .map((query) => ({
        queryLanguage: 'CWLI',
        queryId: query.id,
        queryString: query.text,
        status: statusOf(query),
        createTime: query.createTime,
        logGroupName: query.group,
      })),
  };
}

function queryNamed(world: World, id: string | null): Query {
  const query = queriesOf(world).get(id ?? '');
  if (query !== undefined) return query;
  throw new AwsError('ResourceNotFoundException', `Query with queryId: ${id} does not exist.`);
}

/** The same in each world of a seed. */
function nextId(world: World): string {
  const index = (started.get(world) ?? 0) + 1;
  started.set(world, index);
  const hash = createHash('sha256').update(`query ${world.state.seed} ${index}`).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
