import { type QueryService, reading } from '../protocol.ts';
import { describeInstances } from './instances.ts';
import { describeLaunchTemplates, describeLaunchTemplateVersions } from './launch-templates.ts';

/** Amazon EC2, API version 2016-11-15; the cockpit only reads it. */
export const ec2: QueryService = {
  name: 'ec2',
  version: '2016-11-15',
  namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  variant: 'ec2',
  operations: {
    DescribeInstances: reading(describeInstances),
    DescribeLaunchTemplates: reading(describeLaunchTemplates),
    DescribeLaunchTemplateVersions: reading(describeLaunchTemplateVersions),
  },
};
