import { servingGroup } from '../../world/fleet.ts';
import type { PracticeGroup, PracticeInstance, PracticeStack, WorldState } from '../../world/state.ts';

/**
 * Tags of a group: the deploy's own, and those that CloudFormation puts on what it makes
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html).
 */
export function groupTags(state: WorldState, group: PracticeGroup): Record<string, string> {
  const stack = stackOf(state, group);
  return {
    ...group.tags,
    ...(stack && {
      'aws:cloudformation:stack-name': stack.name,
      'aws:cloudformation:stack-id': stack.id,
      'aws:cloudformation:logical-id': 'AutoScalingGroup',
    }),
  };
}

/** An instance carries its group's tags, and its group's name. */
export function instanceTags(state: WorldState, instance: PracticeInstance): Record<string, string> {
  const group = state.groups.find(({ name }) => name === instance.group);
  const inherited = group === undefined ? {} : groupTags(state, group);
  return { ...inherited, ...instance.tags, 'aws:autoscaling:groupName': instance.group };
}

/** The group that a stack's `AutoScalingGroup` names now: the newest, once an update has made it. */
export function currentGroup(state: WorldState, stack: PracticeStack): PracticeGroup | null {
  const made = state.groups.find(({ name }) => name === stack.update?.newGroup);
  return made ?? servingGroup(state, stack);
}

function stackOf(state: WorldState, group: PracticeGroup): PracticeStack | undefined {
  return state.stacks.find(
    ({ service, environment }) => service === group.service && environment === group.environment,
  );
}
