import { usesLaunchConfiguration } from './machines.ts';
import { AMI, INSTANCE_TYPE } from './stack-events.ts';
import type { PracticeService } from './state.ts';
import { SIGNAL_TIMEOUT_MINUTES } from './update-steps.ts';

const ECR = `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.amazonaws.com`;

/** One parameter as a template declares it; all of the practice world's are of type String. */
export interface TemplateParameter {
  readonly Type: string;
  readonly Description?: string;
  readonly Default?: string;
  readonly NoEcho?: boolean;
}

const PARAMETERS: Readonly<Record<string, TemplateParameter>> = {
  ImageTag: { Type: 'String', Description: 'Tag of the image that the instances run.' },
  DesiredCapacity: { Type: 'String', Description: 'Instances that a new group starts with.', Default: '1' },
  DeployedBy: { Type: 'String', Description: 'Who asked for this deploy.' },
  BuildNumber: { Type: 'String', Description: 'Build of the pipeline that made the image.' },
  DbPassword: { Type: 'String', NoEcho: true },
};

/**
 * The CloudFormation template of every stack, as JSON text. `Release` is the tribe's macro that gives each release
 * names of its own, so that every update replaces launch template and group; `InstanceRole` is why the stacks need
 * CAPABILITY_IAM.
 */
export function stackTemplate({
  name: service,
  registry,
  repository,
}: Pick<PracticeService, 'name' | 'registry' | 'repository'>): string {
  const tags = {
    service,
    environment: { Ref: 'AWS::StackName' },
    version: { Ref: 'ImageTag' },
    'deployed-by': { Ref: 'DeployedBy' },
    build: { Ref: 'BuildNumber' },
  };
  const tagList = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const script = [
    '#!/bin/bash',
    `IMAGE=${registry ?? ECR}/${repository}:\${ImageTag}`,
    `/opt/tribe/boot.sh ${service} "$IMAGE"`,
    '',
  ].join('\n');
  const machine = {
    ImageId: AMI,
    InstanceType: INSTANCE_TYPE,
    UserData: { 'Fn::Base64': { 'Fn::Sub': script } },
  };
  const old = usesLaunchConfiguration(service);
  const launch = old
    ? { LaunchConfiguration: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: machine } }
    : {
        LaunchTemplate: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: {
            LaunchTemplateName: release('launch'),
            LaunchTemplateData: {
              ...machine,
              TagSpecifications: [{ ResourceType: 'instance', Tags: tagList }],
            },
          },
        },
      };
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `${service}: one immutable Auto Scaling group`,
    Parameters: PARAMETERS,
    Resources: {
      InstanceRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: ASSUMED_BY_EC2 } },
      ...launch,
      AutoScalingGroup: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        CreationPolicy: {
          ResourceSignal: { Count: { Ref: 'DesiredCapacity' }, Timeout: `PT${SIGNAL_TIMEOUT_MINUTES}M` },
        },
        UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: true } },
        Properties: {
          AutoScalingGroupName: release('group'),
          ...(old
            ? { LaunchConfigurationName: { Ref: 'LaunchConfiguration' } }
            : { LaunchTemplate: { LaunchTemplateId: { Ref: 'LaunchTemplate' }, Version: '1' } }),
          DesiredCapacity: { Ref: 'DesiredCapacity' },
          Tags: tagList.map((tag) => ({ ...tag, PropagateAtLaunch: true })),
        },
      },
      ScaleUpMorning: scheduled('0 6 * * 1-5'),
      ScaleDownNight: scheduled('0 22 * * 1-5'),
    },
  };
  return JSON.stringify(template, null, 2);
}

/** Parameters that a template declares; null when it is no JSON template with resources. */
export function templateParameters(template: string): Record<string, TemplateParameter> | null {
  let parsed: { Parameters?: Record<string, TemplateParameter>; Resources?: object };
  try {
    parsed = JSON.parse(template);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || typeof parsed.Resources !== 'object') return null;
  return parsed.Parameters ?? {};
}

const ASSUMED_BY_EC2 = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

function release(kind: string): unknown {
  return { 'Fn::Transform': { Name: 'Release', Parameters: { Kind: kind, Version: { Ref: 'ImageTag' } } } };
}

function scheduled(recurrence: string): unknown {
  return {
    Type: 'AWS::AutoScaling::ScheduledAction',
    Properties: { AutoScalingGroupName: { Ref: 'AutoScalingGroup' }, Recurrence: recurrence },
  };
}
