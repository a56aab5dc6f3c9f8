import { expect, it } from 'vitest';
import { measurementOf } from '../../../src/systems/aws/cloudwatch/queries.ts';

it('asks for an alarm’s own metric with its own statistic, no finer than a minute', () => {
  const Dimensions = [{ Name: 'QueueName', Value: 'q' }];
  expect(
    measurementOf(
      {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions,
        Period: 10,
        Statistic: 'Maximum',
      },
      'a1',
    ),
  ).toMatchObject({
    id: 'a1',
    period: 60,
    unit: 'messages',
    queries: [{ Id: 'a1', MetricStat: { Stat: 'Maximum', Period: 60, Metric: { Dimensions } } }],
  });
});

it('renames the ids of metric math as whole words, but not in quotes', () => {
  const measurement = measurementOf(
    {
      Metrics: [
        {
          Id: 'e',
          Expression: "IF(e1 > 0, 100*e1/m1, 0) + TIME_SERIES(0) + 0*RATE(m1, 'm1')",
          ReturnData: true,
        },
        { Id: 'e1', ReturnData: false },
        { Id: 'm1', ReturnData: false },
      ],
    },
    'a7',
  );
  expect(measurement?.id).toBe('a7_e');
  expect(measurement?.queries.map(({ Id, ReturnData }) => [Id, ReturnData])).toEqual([
    ['a7_e', true],
    ['a7_e1', false],
    ['a7_m1', false],
  ]);
  expect(measurement?.queries[0]?.Expression).toBe(
    "IF(a7_e1 > 0, 100*a7_e1/a7_m1, 0) + TIME_SERIES(0) + 0*RATE(a7_m1, 'm1')",
  );
});

it.each(['SUM(METRICS())', "SEARCH('{AWS/SQS}', 'Sum', 60)", 'SELECT MAX(CPU) FROM "AWS/EC2"'])(
  'leaves out %s: in a batch it would mean something else',
  (Expression) => {
    expect(measurementOf({ Metrics: [{ Id: 'e', Expression, ReturnData: true }] }, 'a')).toBeNull();
  },
);

it('shows the metric of an anomaly alarm, not the band around it', () => {
  const measurement = measurementOf(
    {
      ThresholdMetricId: 'ad1',
      Metrics: [
        { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)', ReturnData: true },
        { Id: 'm1', ReturnData: true },
      ],
    },
    'a',
  );
  expect(measurement?.id).toBe('a_m1');
});
