import type { PracticeStack } from '../../../world/state.ts';
import { pageOf } from '../paging.ts';
import type { QueryCall } from '../protocol.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { invalidToken, stackNamed } from './find.ts';

/** Stacks are few but wordy: a page of DescribeStacks ends long before ListStacks's 100. */
const DESCRIBED_PAGE = 50;
const LISTED_PAGE = 100;

export function describeStacks({ world, input }: QueryCall): XmlFields {
  const name = input.text('StackName');
  const stacks = name === null ? world.state.stacks : [stackNamed(world.state, name, 'with id')];
  const { items, next } = pageOf(stacks, DESCRIBED_PAGE, input.text('NextToken'), invalidToken);
  return { Stacks: items.map(stackFields), NextToken: next };
}

export function listStacks({ world, input }: QueryCall): XmlFields {
  const wanted = new Set(input.strings('StackStatusFilter'));
  const stacks = world.state.stacks.filter(({ status }) => wanted.size === 0 || wanted.has(status));
  const { items, next } = pageOf(stacks, LISTED_PAGE, input.text('NextToken'), invalidToken);
  return {
    StackSummaries: items.map((stack) => ({
      StackId: stack.id,
      StackName: stack.name,
      TemplateDescription: descriptionOf(stack),
      CreationTime: isoTime(stack.createdAt),
      LastUpdatedTime: stack.updatedAt === null ? undefined : isoTime(stack.updatedAt),
      StackStatus: stack.status,
      StackStatusReason: stack.statusReason,
    })),
    NextToken: next,
  };
}

/** Parameters as DescribeStacks and DescribeChangeSet print them: NoEcho values read `****`. */
export function printedParameters(stack: PracticeStack, parameters: Record<string, string>): XmlFields[] {
  return Object.entries(parameters).map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: stack.noEcho.includes(ParameterKey) ? '****' : value,
  }));
}

export function printedTags(tags: Record<string, string>): XmlFields[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function descriptionOf({ template }: Pick<PracticeStack, 'template'>): string | undefined {
  return /"Description": "([^"]*)"/.exec(template)?.[1];
}

function stackFields(stack: PracticeStack): XmlFields {
  return {
    StackId: stack.id,
    StackName: stack.name,
    Description: descriptionOf(stack),
    Parameters: printedParameters(stack, stack.parameters),
    CreationTime: isoTime(stack.createdAt),
    LastUpdatedTime: stack.updatedAt === null ? undefined : isoTime(stack.updatedAt),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: false,
    NotificationARNs: [],
    Capabilities: stack.capabilities,
    Outputs: [],
    RoleARN: stack.roleArn,
    Tags: printedTags(stack.tags),
    EnableTerminationProtection: stack.environment === 'prod',
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}
