import { type QueryService, reading } from '../protocol.ts';
import { describeScalingActivities } from './activities.ts';
import { describeAutoScalingGroups } from './groups.ts';
import { describeAutoScalingInstances } from './instances.ts';
import { describeLaunchConfigurations } from './launch-configurations.ts';
import { describeScheduledActions } from './scheduled-actions.ts';

/** Amazon EC2 Auto Scaling, API version 2011-01-01; the cockpit only reads it. */
export const autoScaling: QueryService = {
  name: 'autoscaling',
  version: '2011-01-01',
  namespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  variant: 'query',
  operations: {
    DescribeAutoScalingGroups: reading(describeAutoScalingGroups),
    DescribeAutoScalingInstances: reading(describeAutoScalingInstances),
    DescribeLaunchConfigurations: reading(describeLaunchConfigurations),
    DescribeScheduledActions: reading(describeScheduledActions),
    DescribeScalingActivities: reading(describeScalingActivities),
  },
};
