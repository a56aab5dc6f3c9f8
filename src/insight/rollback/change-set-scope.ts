import type { ResourceChange } from '../../model/stack.ts';
import type { Judge } from './facts.ts';

/** What an immutable deploy replaces; anything else is a surprise. */
const EXPECTED = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::AutoScaling::LaunchConfiguration',
  'AWS::AutoScaling::ScheduledAction',
  'AWS::EC2::LaunchTemplate',
]);

export const changeSetScope: Judge = ({ preview }) => {
  const id = 'change-set-scope';
  switch (preview.kind) {
    case 'not_made':
      return { id, result: 'skipped', text: `No change set was made: ${preview.why}` };
    case 'refused':
      return { id, result: 'block', text: `The change set could not be made: ${preview.why}` };
    case 'read': {
      if (preview.changes.length === 0) {
        return { id, result: 'block', text: 'The change set changes nothing.' };
      }
      const others = preview.changes.filter((change) => !EXPECTED.has(change.resourceType));
      if (others.length === 0) {
        return {
          id,
          result: 'pass',
          text: `${preview.changes.length} resources change, all of them launch template, group or scheduled actions.`,
        };
      }
      return {
        id,
        result: 'warn',
        text: `It would change more than launch template and group: ${others.map(describeChange).join('; ')}.`,
      };
    }
  }
};

/** `Modify AWS::AutoScaling::AutoScalingGroup Group (replaced)`. */
export function describeChange({ action, resource, resourceType, replacement }: ResourceChange): string {
  const how =
    replacement === 'True' ? ' (replaced)' : replacement === 'Conditional' ? ' (perhaps replaced)' : '';
  return `${action} ${resourceType} ${resource}${how}`;
}
