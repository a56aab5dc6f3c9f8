import type { PracticeInstance } from '../../../world/state.ts';
import { type QueryCall, validationError } from '../protocol.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { page } from './paging.ts';

/** Newest first: each instance's launch, and its termination while that goes on. */
export function describeScalingActivities({ world, input }: QueryCall): XmlFields {
  const { state } = world;
  const group = input.text('AutoScalingGroupName');
  if (group !== null && !state.groups.some(({ name }) => name === group)) {
    throw validationError(`AutoScalingGroup name not found - AutoScalingGroup ${group} not found`);
  }
  const wanted = new Set(input.strings('ActivityIds'));
  const activities = state.instances
    .filter((instance) => group === null || instance.group === group)
    .flatMap((instance) =>
      isTerminating(instance) ? [termination(instance), launch(instance)] : [launch(instance)],
    )
    .filter(({ ActivityId }) => wanted.size === 0 || wanted.has(ActivityId))
    .sort((one, other) => other.startedAt - one.startedAt);
  const { items, next } = page(activities, input, 100);
  return {
    Activities: items.map(({ startedAt, ...activity }) => ({ ...activity, StartTime: isoTime(startedAt) })),
    NextToken: next,
  };

  function termination(instance: PracticeInstance) {
    return activity(instance, world.now(), {
      ActivityId: `${instance.id.slice(2)}-terminate`,
      Description: `Terminating EC2 instance: ${instance.id}`,
      Cause: `At ${isoTime(world.now())} a user request deleted the AutoScalingGroup.`,
      StatusCode: 'InProgress',
      Progress: 50,
    });
  }
}

function launch(instance: PracticeInstance) {
  const pending = instance.lifecycle.startsWith('Pending');
  const started = isoTime(instance.launchedAt);
  return activity(instance, instance.launchedAt, {
    ActivityId: `${instance.id.slice(2)}-launch`,
    Description: `Launching a new EC2 instance: ${instance.id}`,
    Cause: `At ${started} an instance was started in response to a difference between desired and actual capacity, increasing the capacity.`,
    StatusCode: pending ? 'PreInService' : 'Successful',
    Progress: pending ? 40 : 100,
    ...(pending ? {} : { EndTime: isoTime(instance.launchedAt + 30_000) }),
  });
}

interface Story {
  readonly ActivityId: string;
  readonly Description: string;
  readonly Cause: string;
  readonly StatusCode: string;
  readonly Progress: number;
  readonly EndTime?: string;
}

function activity(instance: PracticeInstance, startedAt: number, story: Story) {
  const Details = JSON.stringify({ 'Availability Zone': instance.zone });
  return { ...story, AutoScalingGroupName: instance.group, Details, startedAt };
}

function isTerminating({ lifecycle }: PracticeInstance): boolean {
  return lifecycle.startsWith('Terminating');
}
