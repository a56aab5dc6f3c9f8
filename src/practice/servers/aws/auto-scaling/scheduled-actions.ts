import type { PracticeGroup, WorldState } from '../../../world/state.ts';
import type { QueryCall } from '../protocol.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { groupArn } from './groups.ts';
import { page } from './paging.ts';

/** Two for each group, morning and night; they move to a new group once it has signalled. */
export function describeScheduledActions({ world, input }: QueryCall): XmlFields {
  const { state } = world;
  const group = input.text('AutoScalingGroupName');
  const names = new Set(input.strings('ScheduledActionNames'));
  const actions = state.groups
    .filter((one) => (group === null || one.name === group) && hasActions(state, one))
    .flatMap((one) => [
      fields(one, 'scale-up', '0 6 * * 1-5', one.desired),
      fields(one, 'scale-down', '0 22 * * 1-5', one.min),
    ])
    .filter(({ ScheduledActionName }) => names.size === 0 || names.has(ScheduledActionName));
  const { items, next } = page(actions, input);
  return {
    ScheduledUpdateGroupActions: items.map(({ of, ...action }) => ({
      ...action,
      ScheduledActionARN: groupArn(of, world).replace(
        /:autoScalingGroup:(.*)$/,
        `:scheduledUpdateGroupAction:$1:scheduledActionName/${action.ScheduledActionName}`,
      ),
      StartTime: isoTime(Math.max(nextRun(world.now(), action.Recurrence), of.createdAt)),
      TimeZone: 'Etc/UTC',
    })),
    NextToken: next,
  };
}

function fields(group: PracticeGroup, kind: string, recurrence: string, desired: number) {
  return {
    of: group,
    AutoScalingGroupName: group.name,
    ScheduledActionName: `${group.name}-${kind}`,
    Recurrence: recurrence,
    DesiredCapacity: desired,
  };
}

/** While its update still waits for signals, a new group has none yet. */
function hasActions(state: WorldState, group: PracticeGroup): boolean {
  const stack = state.stacks.find(({ update }) => update?.newGroup === group.name);
  return stack === undefined || stack.status !== 'UPDATE_IN_PROGRESS';
}

/** The next weekday at the hour of a recurrence `0 H * * 1-5`. */
function nextRun(now: number, recurrence: string): number {
  const date = new Date(now);
  date.setUTCHours(Number(recurrence.split(' ')[1]), 0, 0, 0);
  while (date.getTime() <= now || date.getUTCDay() % 6 === 0) date.setUTCDate(date.getUTCDate() + 1);
  return date.getTime();
}
