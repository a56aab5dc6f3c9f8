import { MINUTE, SECOND } from '../../../../model/instant.ts';
import { measured } from '../../../world/alarms.ts';
import type { Instant, PracticeAlarm } from '../../../world/state.ts';
import type { World } from '../../../world/world.ts';
import type { JsonInput } from '../json.ts';
import { pageOf } from '../paging.ts';
import { AwsError, type JsonCall } from '../protocol.ts';
import { metricOf, REQUESTS, REQUESTS_METRIC } from './metrics.ts';

const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;
/** Alarms of the practice world divide one metric by another; no other expression is understood. */
const RATE = /^100\*(\w+)\/(\w+)$/;

type Series = ReadonlyMap<Instant, number>;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export function getMetricData({ world, input }: JsonCall): object {
  const queries = input.list('MetricDataQueries');
  if (queries.length > MOST_QUERIES)
    throw new AwsError(
      'ValidationError',
      'The collection MetricDataQueries must not have a size greater than 500.',
    );
  const ids = queries.map((query) => query.text('Id') ?? '');
  if (new Set(ids).size !== ids.length || !ids.every((id) => /^[a-z]\w*$/.test(id)))
    throw new AwsError('ValidationError', 'Ids must be unique and begin with a lower case letter.');
  const from = (input.number('StartTime') ?? 0) * SECOND;
  const to = Math.min((input.number('EndTime') ?? 0) * SECOND, world.now());
  const series = new Map<string, Series>();
  for (const query of queries.filter((each) => each.has('MetricStat')))
    series.set(query.text('Id') ?? '', seriesOf(world, query.child('MetricStat'), from, to));
  for (const query of queries.filter((each) => each.has('Expression')))
    series.set(query.text('Id') ?? '', rateOf(query.text('Expression') ?? '', series));
  const told = queries.filter((query) => query.flag('ReturnData') !== false);
  const points = Math.max(1, ...[...series.values()].map(({ size }) => size));
  const size = Math.max(1, Math.floor((input.number('MaxDatapoints') ?? MOST_POINTS) / points));
  const { items, next } = pageOf(told, size, input.text('NextToken'), invalidToken);
  return {
    MetricDataResults: items.map((query) => result(query, series, input.text('ScanBy'))),
    NextToken: next,
    Messages: [],
  };
}

/** Newest first unless asked otherwise. */
function result(query: JsonInput, series: ReadonlyMap<string, Series>, scanBy: string | null): object {
  const Id = query.text('Id') ?? '';
  const oldestFirst = [...(series.get(Id) ?? [])];
  const points = scanBy === 'TimestampAscending' ? oldestFirst : oldestFirst.toReversed();
  return {
    Id,
    Label: query.text('Label') ?? Id,
    Timestamps: points.map(([at]) => at / SECOND),
    Values: points.map(([, value]) => value),
    StatusCode: 'Complete',
  };
}

/** A metric that nobody reports is empty, not an error. */
function seriesOf({ state }: World, stat: JsonInput, from: Instant, to: Instant): Series {
  const metric = stat.child('Metric');
  const isRequests = metric.text('MetricName') === REQUESTS_METRIC;
  const alarm = state.alarms.find((each) => each.metric !== 'any_of' && isSame(each, metric, isRequests));
  const period = (stat.number('Period') ?? 60) * SECOND;
  const series = new Map<Instant, number>();
  if (alarm === undefined) return series;
  for (let at = Math.ceil(from / period) * period; at < to; at += period)
    series.set(at, isRequests ? (REQUESTS * period) / MINUTE : valueIn(state, alarm, at, period));
  return series;
}

function valueIn(state: World['state'], alarm: PracticeAlarm, at: Instant, period: number): number {
  const minutes = Array.from({ length: Math.max(1, period / MINUTE) }, (_, index) =>
    measured(state, alarm, at + index * MINUTE),
  );
  if (alarm.metric === 'queue_depth') return Math.max(...minutes);
  const sum = minutes.reduce((total, each) => total + each, 0);
  return alarm.metric === 'error_rate' ? (sum * REQUESTS) / 100 : sum;
}

function isSame(alarm: PracticeAlarm, metric: JsonInput, isRequests: boolean): boolean {
  const { Namespace, MetricName, Dimensions } = metricOf(alarm);
  const [wanted] = Dimensions;
  const [given] = metric.list('Dimensions');
  return (
    metric.text('Namespace') === Namespace &&
    (isRequests || metric.text('MetricName') === MetricName) &&
    given?.text('Name') === wanted?.Name &&
    given?.text('Value') === wanted?.Value
  );
}

function rateOf(expression: string, series: ReadonlyMap<string, Series>): Series {
  const [, above = '', below = ''] = RATE.exec(expression.replaceAll(' ', '')) ?? [];
  const [part, whole] = [series.get(above), series.get(below)];
  if (part === undefined || whole === undefined)
    throw new AwsError('ValidationError', `Error in expression [${expression}]`);
  return new Map([...part].map(([at, value]) => [at, (100 * value) / (whole.get(at) ?? 1)]));
}

function invalidToken(): AwsError {
  return new AwsError('InvalidNextToken', 'The next token specified is invalid.');
}
