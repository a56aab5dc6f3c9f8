import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Permission } from './permissions.ts';

/** That nothing has: AWS looks at the permission first, and at whether it is there afterwards. */
const NO_QUERY = '00000000-0000-4000-8000-000000000000';
/** It is refused before anything is read, so nothing is billed. */
const NO_LANGUAGE = 'oncall-doctor';

/** What Logs Insights needs, where a service logs to CloudWatch. */
export const INSIGHTS_PERMISSIONS: readonly Permission[] = [
  {
    action: 'logs:StartQuery',
    call: ({ logGroup: logGroupName }) =>
      logGroupName === null
        ? null
        : ({ of, options }) => {
            const query = { logGroupName, queryString: NO_LANGUAGE, startTime: 0, endTime: 1 };
            return of(CloudWatchLogsClient).send(new StartQueryCommand(query), options);
          },
  },
  {
    action: 'logs:GetQueryResults',
    call: ({ logGroup }) =>
      logGroup === null
        ? null
        : ({ of, options }) =>
            of(CloudWatchLogsClient).send(new GetQueryResultsCommand({ queryId: NO_QUERY }), options),
  },
  {
    action: 'logs:StopQuery',
    call: ({ logGroup }) =>
      logGroup === null
        ? null
        : ({ of, options }) =>
            of(CloudWatchLogsClient).send(new StopQueryCommand({ queryId: NO_QUERY }), options),
  },
];
