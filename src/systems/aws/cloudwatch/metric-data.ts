import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { type Instant, SECOND } from '../../../model/instant.ts';
import { isLasting, read } from '../call.ts';
import type { AwsClients } from '../clients.ts';
import type { Measurement } from './queries.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const MOST_QUERIES = 500;
const MOST_PAGES = 10;
/** Values of a history, and how many more periods back they are looked for: the newest ones come late. */
const POINTS = 15;

export interface Point {
  readonly at: Instant;
  readonly value: number;
}

/** Points oldest first, by the measurement's id, in as few calls as 500 queries each allow. Empty where forbidden. */
export async function metricData(
  clients: AwsClients,
  environment: string,
  measurements: readonly Measurement[],
  now: Instant,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly Point[]>> {
  const found = new Map<string, Point[]>();
  try {
    for (const batch of batches(measurements))
      await readBatch(clients, environment, batch, now, found, signal);
  } catch (thrown) {
    // An alarm without its number is still an alarm.
    if (!isLasting(thrown)) throw thrown;
  }
  return found;
}

async function readBatch(
  clients: AwsClients,
  environment: string,
  batch: readonly Measurement[],
  now: Instant,
  found: Map<string, Point[]>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const client = clients.client(environment, 'watch', CloudWatchClient);
  const longest = Math.max(...batch.map(({ period }) => period));
  const end = Math.ceil(now / (longest * SECOND)) * longest * SECOND;
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const command = new GetMetricDataCommand({
      MetricDataQueries: batch.flatMap(({ queries }) => queries),
      StartTime: new Date(end - POINTS * longest * SECOND),
      EndTime: new Date(end),
      ScanBy: 'TimestampAscending',
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const answer = await read('cloudwatch:GetMetricData', signal, (options) => client.send(command, options));
    for (const { Id = '', Timestamps = [], Values = [] } of answer.MetricDataResults ?? []) {
      // A long series goes on on the next page.
      const points = found.get(Id) ?? [];
      found.set(Id, points);
      Timestamps.forEach((at, index) => {
        const value = Values[index];
        if (value !== undefined && Number.isFinite(value)) points.push({ at: at.getTime(), value });
      });
    }
    token = answer.NextToken;
    if (token === undefined || token === '') return;
  }
}

/** Queries of one measurement stay together: an expression names the others. */
function batches(measurements: readonly Measurement[]): Measurement[][] {
  const found: Measurement[][] = [];
  let room = 0;
  for (const measurement of measurements) {
    const last = found.at(-1);
    if (last === undefined || measurement.queries.length > room) {
      found.push([measurement]);
      room = MOST_QUERIES;
    } else last.push(measurement);
    room -= measurement.queries.length;
  }
  return found;
}

/** The last values, for a sparkline; a long period in the batch makes the history of the others longer than needed. */
export function history(points: readonly Point[] | undefined): readonly number[] {
  return (points ?? []).slice(-POINTS).map(({ value }) => value);
}
