import type { PracticeAlarm } from '../../../world/state.ts';

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

const METRICS = {
  queue_depth: ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName'],
  function_errors: ['AWS/Lambda', 'Errors', 'FunctionName'],
  error_rate: ['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'LoadBalancer'],
  any_of: ['', '', ''],
} as const;

/** What a minute's requests of a load balancer are taken to be. */
export const REQUESTS = 500;
export const REQUESTS_METRIC = 'RequestCount';

/** The metric that an alarm watches; of a rate, the one above the line. */
export function metricOf({ metric, of }: PracticeAlarm): Metric {
  const [Namespace, MetricName, Name] = METRICS[metric];
  const Value = metric === 'error_rate' ? `app/${of[0]}/50dc6c495c0c9188` : (of[0] ?? '');
  return { Namespace, MetricName, Dimensions: [{ Name, Value }] };
}

/** A rate is metric math: errors in a hundred requests. */
export function metricQueries(alarm: PracticeAlarm): object[] {
  const errors = metricOf(alarm);
  const stat = (Id: string, Metric: Metric) => ({
    Id,
    MetricStat: { Metric, Period: 60, Stat: 'Sum' },
    ReturnData: false,
  });
  return [
    { Id: 'rate', Expression: '100*errors/requests', Label: '5xx rate', ReturnData: true },
    stat('errors', errors),
    stat('requests', { ...errors, MetricName: REQUESTS_METRIC }),
  ];
}
