/** What Auto Scaling notes of every instance that comes or goes. */
import { rfc3339 } from '../../model/instant.ts';
import { INSTANCE_TYPE } from './stack-events.ts';
import type { Instant, PracticeActivity, PracticeInstance, WorldState } from './state.ts';

type Noted = Pick<PracticeInstance, 'id' | 'group' | 'zone'>;
/** What is noted of an instance that is launched, and why. */
export type LaunchNote = (instance: Noted, at: Instant, endedAt: Instant | null) => PracticeActivity;

/** In the words of https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-verify-scaling-activity.html */
export const launching: LaunchNote = (instance, at, endedAt) => {
  const cause = `At ${rfc3339(at)} an instance was started in response to a difference between desired and actual capacity, increasing the capacity.`;
  return activity('launch', instance, cause, at, endedAt);
};

/** CloudFormation sets a group's size to 0 before it deletes it. */
export function terminating(instance: Noted, at: Instant, endedAt: Instant | null): PracticeActivity {
  const time = rfc3339(at);
  const cause = `At ${time} a user request update of AutoScalingGroup constraints to min: 0, max: 0, desired: 0 changing the desired capacity to 0.  At ${time} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity to 0.  At ${time} instance ${instance.id} was selected for termination.`;
  return activity('terminate', instance, cause, at, endedAt);
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/replace-unhealthy-instance.html */
export const replacing: LaunchNote = (instance, at, endedAt) =>
  activity('launch', instance, replacement(at), at, endedAt);

/** The other half of a replacement: the instance that failed its health check goes. */
export function replaced(instance: Noted, at: Instant): PracticeActivity {
  const cause = `At ${rfc3339(at)} an instance was taken out of service in response to an ELB system health check failure.`;
  return activity('terminate', instance, cause, at, null);
}

/**
 * A launch for which there is no room in that zone:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html
 */
export function refusedLaunch(
  id: string,
  { group, zone }: Omit<Noted, 'id'>,
  others: readonly string[],
  at: Instant,
): PracticeActivity {
  const failure = `We currently do not have sufficient ${INSTANCE_TYPE} capacity in the Availability Zone you requested (${zone}). Our system will be working on provisioning additional capacity. You can currently get ${INSTANCE_TYPE} capacity by not specifying an Availability Zone in your request or choosing ${others.join(', ')}. Launching EC2 instance failed.`;
  const cause = replacement(at);
  return { id, kind: 'launch', group, instance: null, zone, cause, failure, startedAt: at, endedAt: at };
}

function replacement(at: Instant): string {
  return `At ${rfc3339(at)} an instance was launched in response to an unhealthy instance needing to be replaced.`;
}

/** What that instance was at is done. */
export function doneWith(state: WorldState, instance: Pick<PracticeInstance, 'id'>, at: Instant): void {
  for (const each of state.activities) {
    if (each.instance === instance.id && each.endedAt === null) each.endedAt = at;
  }
}

function activity(
  kind: PracticeActivity['kind'],
  { id, group, zone }: Noted,
  cause: string,
  startedAt: Instant,
  endedAt: Instant | null,
): PracticeActivity {
  return {
    id: `${id.slice(2)}-${kind}`,
    kind,
    group,
    instance: id,
    zone,
    cause,
    failure: null,
    startedAt,
    endedAt,
  };
}
