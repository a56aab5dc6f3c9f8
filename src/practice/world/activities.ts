/** What Auto Scaling notes of every instance that comes or goes. */
import { rfc3339 } from '../../model/instant.ts';
import type { Instant, PracticeActivity, PracticeInstance, WorldState } from './state.ts';

type Noted = Pick<PracticeInstance, 'id' | 'group' | 'zone'>;

/** In the words of https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-verify-scaling-activity.html */
export function launching(instance: Noted, at: Instant, endedAt: Instant | null): PracticeActivity {
  const cause = `At ${rfc3339(at)} an instance was started in response to a difference between desired and actual capacity, increasing the capacity.`;
  return activity('launch', instance, cause, at, endedAt);
}

/** CloudFormation sets a group's size to 0 before it deletes it. */
export function terminating(instance: Noted, at: Instant, endedAt: Instant | null): PracticeActivity {
  const time = rfc3339(at);
  const cause = `At ${time} a user request update of AutoScalingGroup constraints to min: 0, max: 0, desired: 0 changing the desired capacity to 0.  At ${time} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity to 0.  At ${time} instance ${instance.id} was selected for termination.`;
  return activity('terminate', instance, cause, at, endedAt);
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
  return { id: `${id.slice(2)}-${kind}`, kind, group, instance: id, zone, cause, startedAt, endedAt };
}
