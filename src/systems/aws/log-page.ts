import {
  CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Instant } from '../../model/instant.ts';
import { read } from './call.ts';
import type { AwsClients } from './clients.ts';

const PERMISSION = 'logs:FilterLogEvents';

export interface GroupOfLogs {
  readonly clients: AwsClients;
  readonly environment: string;
  readonly group: string;
}

/** On CloudWatch's clock, half open. */
export interface PageRequest {
  readonly from: Instant;
  readonly to: Instant;
  /** In the language of filter patterns; missing: every event. */
  readonly pattern?: string;
  readonly nextToken?: string;
  readonly limit?: number;
}

/** One page: at most 10,000 events or 1 MB, oldest first; it may hold fewer than there are, even none, and still go on. */
export function filterPage(
  { clients, environment, group }: GroupOfLogs,
  { from, to, pattern, ...more }: PageRequest,
  signal?: AbortSignal,
): Promise<FilterLogEventsCommandOutput> {
  const command = new FilterLogEventsCommand({
    logGroupName: group,
    startTime: Math.max(0, Math.floor(from)),
    endTime: Math.floor(to) - 1,
    ...(pattern === undefined ? {} : { filterPattern: pattern }),
    ...more,
  });
  const client = clients.client(environment, 'watch', CloudWatchLogsClient);
  return read(PERMISSION, signal, (options) => client.send(command, options));
}

/** One page of a span in event time, half open; without a token its first. */
export type EventPages = (
  from: Instant,
  to: Instant,
  nextToken: string | undefined,
  limit?: number,
) => Promise<{ readonly events: readonly FilteredLogEvent[]; readonly nextToken: string | undefined }>;

/** The pages of one group, of the events that contain a text as it stands. */
export function eventPages(place: GroupOfLogs, contains?: string, signal?: AbortSignal): EventPages {
  const pattern = contains === undefined ? {} : { pattern: literally(contains) };
  return async (from, to, nextToken, limit) => {
    const more = {
      ...(nextToken === undefined ? {} : { nextToken }),
      ...(limit === undefined ? {} : { limit }),
    };
    const answer = await filterPage(place, { from, to, ...pattern, ...more }, signal);
    return { events: answer.events ?? [], nextToken: answer.nextToken };
  };
}

/** A filter pattern that means exactly this text: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
export function literally(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
