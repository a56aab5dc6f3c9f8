import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { ownText, type SafeText, safeText } from '../../../model/safe-text.ts';

/** One thing to measure: queries that go together, the id of the one that gives its values, and their unit. */
export interface Measurement {
  readonly queries: readonly MetricDataQuery[];
  readonly id: string;
  /** In seconds, between two values. */
  readonly period: number;
  readonly unit: SafeText;
}

const LEAST_PERIOD = 60;

/** Functions that look at all metrics of a request, or search for more: in a batch they would mean something else. */
const LOOKS_AROUND = /\b(METRICS|SEARCH|SELECT|INSIGHT_RULE_METRIC|LAMBDA|SERVICE_QUOTA)\b/i;

/**
 * What an alarm watches, as queries of GetMetricData; null: it cannot be asked for in a batch.
 * @param prefix makes its ids unique among those of other alarms
 */
export function measurementOf(alarm: MetricAlarm, prefix: string): Measurement | null {
  const { Metrics: metrics = [] } = alarm;
  return metrics.length > 0 ? ofMath(metrics, alarm, prefix) : ofMetric(alarm, prefix);
}

/** How many messages wait in a queue. */
export function queueDepth(queue: string, prefix: string): Measurement {
  const metric = { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible' };
  return ofOne({ ...metric, dimension: ['QueueName', queue], statistic: 'Maximum' }, prefix);
}

/** How often a function failed in each minute. */
export function functionErrors(name: string, prefix: string): Measurement {
  const metric = { namespace: 'AWS/Lambda', name: 'Errors' };
  return ofOne({ ...metric, dimension: ['FunctionName', name], statistic: 'Sum' }, prefix);
}

interface OneMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimension: readonly [name: string, value: string];
  readonly statistic: string;
}

function ofOne({ namespace, name, dimension: [Name, Value], statistic }: OneMetric, id: string): Measurement {
  const Metric = { Namespace: namespace, MetricName: name, Dimensions: [{ Name, Value }] };
  const MetricStat = { Metric, Period: LEAST_PERIOD, Stat: statistic };
  return {
    queries: [{ Id: id, MetricStat }],
    id,
    period: LEAST_PERIOD,
    unit: unitOf(namespace, name, undefined),
  };
}

function ofMetric(alarm: MetricAlarm, id: string): Measurement | null {
  const { Namespace, MetricName, Dimensions = [], Period, Statistic, ExtendedStatistic, Unit } = alarm;
  const Stat = Statistic ?? ExtendedStatistic;
  if (Namespace === undefined || MetricName === undefined || Stat === undefined) return null;
  const period = periodOf(Period);
  const MetricStat = {
    Metric: { Namespace, MetricName, Dimensions },
    Period: period,
    Stat,
    ...(Unit === undefined ? {} : { Unit }),
  };
  return { queries: [{ Id: id, MetricStat }], id, period, unit: unitOf(Namespace, MetricName, Unit) };
}

function ofMath(metrics: readonly MetricDataQuery[], alarm: MetricAlarm, prefix: string): Measurement | null {
  const ids = new Set(metrics.flatMap(({ Id }) => Id ?? []));
  const shown = metrics.find(({ Id, ReturnData }) => ReturnData !== false && Id !== alarm.ThresholdMetricId);
  if (shown?.Id === undefined) return null;
  if (metrics.some(({ Expression }) => Expression !== undefined && LOOKS_AROUND.test(Expression)))
    return null;
  const renamed = (id: string) => `${prefix}_${id}`;
  const queries = metrics.map(
    ({ Id = '', Expression, MetricStat, Period, Label }): MetricDataQuery => ({
      Id: renamed(Id),
      ...(Expression === undefined ? {} : { Expression: renameIn(Expression, ids, renamed) }),
      ...(MetricStat === undefined ? {} : { MetricStat }),
      ...(Period === undefined ? {} : { Period }),
      ...(Label === undefined ? {} : { Label }),
      ReturnData: Id === shown.Id,
    }),
  );
  const periods = metrics.map(({ Period, MetricStat }) => periodOf(Period ?? MetricStat?.Period));
  const percent = /^\s*100\s*\*|\*\s*100\s*$/.test(shown.Expression ?? '');
  const unit = percent ? ownText('%') : ownText('');
  return { queries, id: renamed(shown.Id), period: Math.max(...periods), unit };
}

/** Ids as whole words, but for those in quotes. */
function renameIn(expression: string, ids: ReadonlySet<string>, renamed: (id: string) => string): string {
  return expression.replace(/'[^']*'|"[^"]*"|\b[a-z]\w*\b/g, (word) =>
    ids.has(word) ? renamed(word) : word,
  );
}

/** Periods below a minute are kept for three hours only and need metrics of high resolution: a minute tells enough. */
function periodOf(period: number | undefined): number {
  return Math.max(LEAST_PERIOD, period ?? LEAST_PERIOD);
}

const UNITS: Readonly<Record<string, string>> = {
  Percent: '%',
  Milliseconds: 'ms',
  Seconds: 's',
  Bytes: 'B',
  Count: '',
  None: '',
};

function unitOf(namespace: string, metric: string, unit: string | undefined): SafeText {
  if (namespace === 'AWS/SQS' && metric.startsWith('ApproximateNumberOfMessages')) return ownText('messages');
  if (namespace === 'AWS/Lambda' && metric === 'Errors') return ownText('errors');
  return safeText(unit === undefined ? '' : (UNITS[unit] ?? unit));
}
