import {
  CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { read } from '../call.ts';
import type { AwsClients } from '../clients.ts';

export type VendorAlarm =
  | { readonly kind: 'metric'; readonly name: string; readonly alarm: MetricAlarm }
  | { readonly kind: 'composite'; readonly name: string; readonly alarm: CompositeAlarm };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const PAGE = 100;
const MOST_PAGES = 10;

/**
 * Alarms that are on, or those of given names whatever their state. Only ALARM is a signal: INSUFFICIENT_DATA is how
 * every alarm on something rare stands most of its life.
 */
export async function describeAlarms(
  clients: AwsClients,
  environment: string,
  which: { readonly names?: readonly string[] },
  signal: AbortSignal | undefined,
): Promise<readonly VendorAlarm[]> {
  const client = clients.client(environment, 'watch', CloudWatchClient);
  const found = new Map<string, VendorAlarm>();
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const command = new DescribeAlarmsCommand({
      ...(which.names === undefined ? { StateValue: 'ALARM' } : { AlarmNames: [...which.names] }),
      // Without types only metric alarms are told.
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      MaxRecords: PAGE,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const answer = await read('cloudwatch:DescribeAlarms', signal, (options) =>
      client.send(command, options),
    );
    for (const alarm of answer.MetricAlarms ?? []) {
      const name = alarm.AlarmName;
      if (name !== undefined) found.set(name, { kind: 'metric', name, alarm });
    }
    for (const alarm of answer.CompositeAlarms ?? []) {
      const name = alarm.AlarmName;
      if (name !== undefined) found.set(name, { kind: 'composite', name, alarm });
    }
    token = answer.NextToken;
    if (token === undefined || token === '') break;
  }
  return [...found.values()];
}

/** Values of the dimensions that an alarm's metrics have. */
export function dimensionsOf(alarm: VendorAlarm): readonly string[] {
  if (alarm.kind === 'composite') return [];
  const { Dimensions = [], Metrics = [] } = alarm.alarm;
  const ofMath = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? []);
  return [...Dimensions, ...ofMath].flatMap(({ Value }) => Value ?? []);
}
