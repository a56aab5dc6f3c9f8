import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLaunchConfigurationsCommand,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CloudFormationClient,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  ECRClient,
  GetDownloadUrlForLayerCommand,
} from '@aws-sdk/client-ecr';
import { MINUTE } from '../../model/instant.ts';
import { BALANCER_PERMISSIONS } from './balancer-permissions.ts';
import type { ClientSettings } from './clients.ts';
import { INSIGHTS_PERMISSIONS } from './insights-permissions.ts';
import { LIVE_TAIL_PERMISSION, mayTail } from './log-session.ts';

/** Something of the config to ask about in one environment; null: it has none of it. */
export interface Subject {
  readonly stack: string | null;
  readonly repository: string | null;
  readonly logGroup: string | null;
  /** ARN of a log group that is followed through Live Tail. */
  readonly liveTail: string | null;
}

export interface Ask {
  /** The client of the environment. */
  readonly of: <C>(Client: new (settings: ClientSettings) => C) => C;
  /** The same, for an answer that is read as it comes. */
  readonly streaming: Ask['of'];
  readonly options: { readonly abortSignal?: AbortSignal };
}

/** One IAM action that oncall needs, and the cheapest harmless call that tells whether it is allowed. */
export interface Permission {
  readonly action: string;
  /** null: the config has nothing that needs it. */
  call(subject: Subject): ((ask: Ask) => Promise<unknown>) | null;
}

/** Names that nothing has: AWS looks at the permission first, and at whether it is there afterwards. */
const NO_CHANGE_SET = 'oncall-doctor';
const NO_LAYER = `sha256:${'0'.repeat(64)}`;

const always =
  (call: (ask: Ask) => Promise<unknown>): Permission['call'] =>
  () =>
    call;

function about(
  part: keyof Subject,
  call: (name: string) => (ask: Ask) => Promise<unknown>,
): Permission['call'] {
  return (subject) => {
    const name = subject[part];
    return name === null ? null : call(name);
  };
}

/** What reading needs. Whether something may be changed cannot be seen without changing it: docs/systems/aws.md has the policy. */
export const PERMISSIONS: readonly Permission[] = [
  {
    action: 'autoscaling:DescribeAutoScalingGroups',
    call: always(({ of, options }) =>
      of(AutoScalingClient).send(new DescribeAutoScalingGroupsCommand({ MaxRecords: 1 }), options),
    ),
  },
  {
    action: 'autoscaling:DescribeScalingActivities',
    call: always(({ of, options }) =>
      of(AutoScalingClient).send(new DescribeScalingActivitiesCommand({ MaxRecords: 1 }), options),
    ),
  },
  {
    action: 'autoscaling:DescribeLaunchConfigurations',
    call: always(({ of, options }) =>
      of(AutoScalingClient).send(new DescribeLaunchConfigurationsCommand({ MaxRecords: 1 }), options),
    ),
  },
  {
    action: 'ec2:DescribeInstances',
    call: always(({ of, options }) =>
      of(EC2Client).send(new DescribeInstancesCommand({ DryRun: true }), options),
    ),
  },
  {
    action: 'ec2:DescribeLaunchTemplateVersions',
    call: always(({ of, options }) =>
      of(EC2Client).send(
        new DescribeLaunchTemplateVersionsCommand({ Versions: ['$Latest'], DryRun: true }),
        options,
      ),
    ),
  },
  {
    action: 'cloudformation:DescribeStacks',
    call: about(
      'stack',
      (StackName) =>
        ({ of, options }) =>
          of(CloudFormationClient).send(new DescribeStacksCommand({ StackName }), options),
    ),
  },
  {
    action: 'cloudformation:DescribeStackEvents',
    call: about(
      'stack',
      (StackName) =>
        ({ of, options }) =>
          of(CloudFormationClient).send(new DescribeStackEventsCommand({ StackName }), options),
    ),
  },
  {
    action: 'cloudformation:GetTemplate',
    call: about(
      'stack',
      (StackName) =>
        ({ of, options }) =>
          of(CloudFormationClient).send(new GetTemplateCommand({ StackName }), options),
    ),
  },
  {
    action: 'cloudformation:DescribeChangeSet',
    call: about(
      'stack',
      (StackName) =>
        ({ of, options }) =>
          of(CloudFormationClient).send(
            new DescribeChangeSetCommand({ StackName, ChangeSetName: NO_CHANGE_SET }),
            options,
          ),
    ),
  },
  {
    action: 'ecr:DescribeImages',
    call: about(
      'repository',
      (repositoryName) =>
        ({ of, options }) =>
          of(ECRClient).send(new DescribeImagesCommand({ repositoryName, maxResults: 1 }), options),
    ),
  },
  {
    action: 'ecr:BatchGetImage',
    call: about(
      'repository',
      (repositoryName) =>
        ({ of, options }) =>
          of(ECRClient).send(
            new BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest: NO_LAYER }] }),
            options,
          ),
    ),
  },
  {
    action: 'ecr:GetDownloadUrlForLayer',
    call: about(
      'repository',
      (repositoryName) =>
        ({ of, options }) =>
          of(ECRClient).send(
            new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: NO_LAYER }),
            options,
          ),
    ),
  },
  {
    action: 'logs:FilterLogEvents',
    call: about(
      'logGroup',
      (logGroupName) =>
        ({ of, options }) =>
          of(CloudWatchLogsClient).send(new FilterLogEventsCommand({ logGroupName, limit: 1 }), options),
    ),
  },
  {
    action: LIVE_TAIL_PERMISSION,
    call: about(
      'liveTail',
      (arn) =>
        ({ streaming, options }) =>
          mayTail(streaming(CloudWatchLogsClient), arn, options),
    ),
  },
  ...INSIGHTS_PERMISSIONS,
  ...BALANCER_PERMISSIONS,
  {
    action: 'cloudwatch:DescribeAlarms',
    call: always(({ of, options }) =>
      of(CloudWatchClient).send(new DescribeAlarmsCommand({ MaxRecords: 1 }), options),
    ),
  },
  {
    action: 'cloudwatch:GetMetricData',
    call: always(({ of, options }) =>
      of(CloudWatchClient).send(new GetMetricDataCommand(oneMetric()), options),
    ),
  },
];

/** The cheapest question there is: a metric that nothing has, for a minute. */
function oneMetric() {
  const EndTime = new Date();
  const Metric = { Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible' };
  const MetricDataQueries = [{ Id: 'q', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } }];
  return { StartTime: new Date(EndTime.getTime() - MINUTE), EndTime, MetricDataQueries };
}
