import { DAY } from '../../../../model/instant.ts';
import type { PracticeActivity } from '../../../world/state.ts';
import type { World } from '../../../world/world.ts';
import { type QueryCall, validationError } from '../protocol.ts';
import type { QueryParams } from '../query.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { page } from './paging.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html */
const REMEMBERED = 6 * 7 * DAY;

/**
 * Newest first, six weeks back. Without a group's name those of the whole account; those of deleted groups with
 * `IncludeDeletedGroups` alone.
 */
export function describeScalingActivities({ world, input }: QueryCall): XmlFields {
  const { groups, activities } = world.state;
  const name = input.text('AutoScalingGroupName');
  const deletedToo = input.flag('IncludeDeletedGroups');
  const existing = new Set(groups.map((group) => group.name));
  const known =
    name === null || existing.has(name) || (deletedToo && activities.some(({ group }) => group === name));
  if (!known) throw validationError(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`);
  const wanted = new Set(input.strings('ActivityIds'));
  const filters = input.list('Filters').map((filter) => activityFilter(filter, name));
  const told = activities
    .filter(({ group }) => (name === null || group === name) && (deletedToo || existing.has(group)))
    .filter(({ id, startedAt }) => (wanted.size === 0 || wanted.has(id)) && startedAt <= world.now())
    .filter(({ startedAt }) => startedAt >= world.now() - REMEMBERED)
    .filter((activity) => filters.every((match) => match(activity)))
    .sort((one, other) => other.startedAt - one.startedAt);
  const { items, next } = page(told, input, 100);
  return {
    Activities: items.map((activity) => show(activity, world, existing.has(activity.group))),
    NextToken: next,
  };
}

function activityFilter(filter: QueryParams, name: string | null): (activity: PracticeActivity) => boolean {
  const kind = filter.text('Name') ?? '';
  const values = filter.strings('Values');
  if (kind === 'Status' && name !== null) return (activity) => values.includes(statusOf(activity));
  const bound = Date.parse(values[0] ?? '');
  if (!Number.isNaN(bound)) {
    if (kind === 'StartTimeLowerBound') return ({ startedAt }) => startedAt >= bound;
    if (kind === 'StartTimeUpperBound') return ({ startedAt }) => startedAt <= bound;
  }
  throw validationError(`The filter ${kind} is not valid.`);
}

function show(activity: PracticeActivity, { state }: World, exists: boolean): XmlFields {
  const { id, kind, group, instance, zone, cause, failure, startedAt, endedAt } = activity;
  return {
    ActivityId: id,
    AutoScalingGroupName: group,
    AutoScalingGroupARN: `arn:aws:autoscaling:${state.region}:${state.account}:autoScalingGroup:*:autoScalingGroupName/${group}`,
    AutoScalingGroupState: exists ? 'InService' : 'Deleted',
    Description: describe(kind, instance),
    Cause: cause,
    StartTime: isoTime(startedAt),
    ...(endedAt === null ? {} : { EndTime: isoTime(endedAt) }),
    StatusCode: statusOf(activity),
    ...(failure === null ? {} : { StatusMessage: failure }),
    Progress: endedAt === null ? 50 : 100,
    Details: JSON.stringify({ 'Availability Zone': zone }),
  };
}

function describe(kind: PracticeActivity['kind'], instance: string | null): string {
  const what = kind === 'launch' ? 'Launching a new EC2 instance' : 'Terminating EC2 instance';
  return instance === null ? what : `${what}: ${instance}`;
}

function statusOf({ kind, endedAt, failure }: PracticeActivity): string {
  if (failure !== null) return 'Failed';
  if (endedAt !== null) return 'Successful';
  return kind === 'launch' ? 'PreInService' : 'InProgress';
}
