import {
  type Activity,
  AutoScalingClient,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import { Failure } from '../../model/failure.ts';
import type { ScalingActivity, ScalingHistory } from '../../model/fleet.ts';
import { type Instant, rfc3339 } from '../../model/instant.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { inParallel } from '../parallel.ts';
import { read } from './call.ts';
import type { AwsClients } from './clients.ts';

/** The most on a page: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html */
const PAGE = 100;
const MOST_PAGES = 5;
const MOST_GROUPS = 12;
/** Auto Scaling has one bucket of requests for the whole account. */
const AT_ONCE = 3;

/**
 * What happened to the instances of those groups, six weeks back at most. Group by group: without a name the call
 * goes through the whole account, "which can result in slower or timed-out requests".
 */
export async function readActivities(
  clients: AwsClients,
  environment: string,
  groups: readonly string[],
  since: Instant,
  signal: AbortSignal | undefined,
): Promise<ScalingHistory> {
  const names = [...new Set(groups)];
  const histories = await inParallel(names.slice(-MOST_GROUPS), AT_ONCE, (group) =>
    ofGroup(clients, environment, group, since, signal),
  );
  const activities = histories.flatMap((history) => history.activities);
  return {
    activities: activities.sort((one, other) => one.startedAt - other.startedAt),
    complete: names.length <= MOST_GROUPS && histories.every(({ complete }) => complete),
  };
}

async function ofGroup(
  clients: AwsClients,
  environment: string,
  group: string,
  since: Instant,
  signal: AbortSignal | undefined,
): Promise<ScalingHistory> {
  const client = clients.client(environment, 'act', AutoScalingClient);
  const found = new Map<string, ScalingActivity>();
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const command = new DescribeScalingActivitiesCommand({
      AutoScalingGroupName: group,
      IncludeDeletedGroups: true,
      Filters: [{ Name: 'StartTimeLowerBound', Values: [rfc3339(since)] }],
      MaxRecords: PAGE,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const answer = await read('autoscaling:DescribeScalingActivities', signal, (options) =>
      client.send(command, options),
    ).catch(whereForgotten);
    for (const activity of answer.Activities ?? []) {
      const decoded = decodeActivity(activity);
      if (decoded !== null) found.set(activity.ActivityId ?? `${found.size}`, decoded);
    }
    token = answer.NextToken;
    if (token === undefined || token === '') return { activities: [...found.values()], complete: true };
  }
  return { activities: [...found.values()], complete: false };
}

/** A group that was deleted longer ago than is remembered is refused as unknown; it has nothing to tell. */
function whereForgotten(thrown: unknown): { Activities?: Activity[]; NextToken?: string } {
  if (thrown instanceof Failure && ['invalid', 'not_found'].includes(thrown.code)) return {};
  throw thrown;
}

/** null: without a time it cannot be placed. */
export function decodeActivity(activity: Activity): ScalingActivity | null {
  const { StartTime: start, Description: description = '', Cause: cause = '', StatusCode: status } = activity;
  if (start === undefined || Number.isNaN(start.getTime())) return null;
  const said = activity.StatusMessage ? `${description} ${activity.StatusMessage}` : description;
  const id = /\bi-[0-9a-f]{8,17}\b/.exec(description)?.[0];
  return {
    group: safeText(activity.AutoScalingGroupName),
    kind: /^launching/i.test(description) ? 'launch' : /^terminating/i.test(description) ? 'end' : 'other',
    instance: id === undefined ? null : safeText(id),
    startedAt: start.getTime(),
    result:
      status === 'Successful' ? 'done' : /^(Failed|Cancelled)$/.test(status ?? '') ? 'failed' : 'under_way',
    text: safeText(said),
    why: whyOf(cause),
    failedHealthCheck: /health check/i.test(cause) && /^terminating/i.test(description),
  };
}

/**
 * A cause is made of sentences that begin with a time. A failed health check stands in "taken out of service in
 * response to …", an alarm or a schedule in the first one:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/replace-unhealthy-instance.html
 */
function whyOf(cause: string): SafeText | null {
  const sentences = cause
    .slice(0, 4_096)
    .split(/\.\s+|\.$/)
    .map((each) => each.replace(/^At \S+ /, '').trim());
  const check = sentences.find((each) => /health check/i.test(each));
  if (check !== undefined) return safeText(check.replace(/^.*in response to (an? )?/i, ''));
  const set = sentences.find((each) => /^a (monitor alarm|scheduled action)/i.test(each));
  return set === undefined ? null : safeText(set.replace(/^a /, ''));
}
