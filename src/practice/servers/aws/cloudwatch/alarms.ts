import { measured, standing } from '../../../world/alarms.ts';
import type { Instant, PracticeAlarm, WorldState } from '../../../world/state.ts';
import type { JsonInput } from '../json.ts';
import { pageOf } from '../paging.ts';
import { AwsError, type JsonCall } from '../protocol.ts';
import { metricOf, metricQueries } from './metrics.ts';

const MOST_ON_A_PAGE = 100;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export function describeAlarms({ world, input }: JsonCall): object {
  const { state } = world;
  const now = world.now();
  const size = input.number('MaxRecords') ?? 50;
  if (size < 1 || size > MOST_ON_A_PAGE)
    throw new AwsError('ValidationError', 'MaxRecords must be between 1 and 100');
  const found = state.alarms.filter((alarm) => isWanted(alarm, input, state, now));
  const { items, next } = pageOf(found, size, input.text('NextToken'), invalidToken);
  return {
    MetricAlarms: items
      .filter(({ metric }) => metric !== 'any_of')
      .map((alarm) => metricAlarm(state, alarm, now)),
    CompositeAlarms: items
      .filter(({ metric }) => metric === 'any_of')
      .map((alarm) => ({
        ...common(state, alarm, now),
        AlarmRule: alarm.of.map((name) => `ALARM("${name}")`).join(' OR '),
      })),
    NextToken: next,
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html */
export function listTagsForResource({ world, input }: JsonCall): object {
  const arn = input.text('ResourceARN') ?? '';
  const alarm = world.state.alarms.find((each) => arnOf(world.state, each) === arn);
  if (alarm === undefined) throw new AwsError('ResourceNotFoundException', `Unknown ${arn}`, 404);
  return { Tags: Object.entries(alarm.tags).map(([Key, Value]) => ({ Key, Value })) };
}

/** Without types only metric alarms are told, as in CloudWatch. */
function isWanted(alarm: PracticeAlarm, input: JsonInput, state: WorldState, now: Instant): boolean {
  const types = input.strings('AlarmTypes');
  const type = alarm.metric === 'any_of' ? 'CompositeAlarm' : 'MetricAlarm';
  const names = input.strings('AlarmNames');
  const wanted = input.text('StateValue');
  return (
    (types.length === 0 ? type === 'MetricAlarm' : types.includes(type)) &&
    (names.length === 0 || names.includes(alarm.name)) &&
    alarm.name.startsWith(input.text('AlarmNamePrefix') ?? '') &&
    (wanted === null || wanted === stateValue(state, alarm, now))
  );
}

function stateValue(state: WorldState, alarm: PracticeAlarm, now: Instant): string {
  return standing(state, alarm, now).on ? 'ALARM' : 'OK';
}

function common(state: WorldState, alarm: PracticeAlarm, now: Instant): object {
  const { on, since } = standing(state, alarm, now);
  const value = measured(state, alarm, now);
  return {
    AlarmName: alarm.name,
    AlarmArn: arnOf(state, alarm),
    AlarmDescription: alarm.description,
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [`arn:aws:sns:${state.region}:${state.account}:pagerduty`],
    InsufficientDataActions: [],
    StateValue: on ? 'ALARM' : 'OK',
    StateReason: on
      ? `Threshold Crossed: 1 datapoint [${value}] was greater than the threshold (${alarm.threshold}).`
      : 'Threshold not crossed.',
    StateUpdatedTimestamp: now / 1000,
    StateTransitionedTimestamp: since / 1000,
  };
}

function metricAlarm(state: WorldState, alarm: PracticeAlarm, now: Instant): object {
  const measures =
    alarm.metric === 'error_rate'
      ? { Metrics: metricQueries(alarm) }
      : { ...metricOf(alarm), Period: 60, Statistic: alarm.metric === 'queue_depth' ? 'Maximum' : 'Sum' };
  return {
    ...common(state, alarm, now),
    ...measures,
    EvaluationPeriods: 1,
    Threshold: alarm.threshold,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  };
}

function arnOf({ region, account }: WorldState, { name }: PracticeAlarm): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
}

function invalidToken(): AwsError {
  return new AwsError('InvalidNextToken', 'The next token specified is invalid.');
}
