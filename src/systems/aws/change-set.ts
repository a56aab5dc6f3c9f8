import { setTimeout as wait } from 'node:timers/promises';
import {
  type Change,
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetInput,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { Failure } from '../../model/failure.ts';
import { safeText } from '../../model/safe-text.ts';
import type { ChangePreview, ResourceChange } from '../../model/stack.ts';
import { read, write } from './call.ts';
import type { AwsClients } from './clients.ts';
import { allPages } from './paged.ts';

/** A change set of an ordinary stack is made in seconds. */
const DEADLINE_MS = 60_000;
const POLL_MS = { first: 200, most: 2_000 };
const NO_CHANGES = /didn't contain changes|no updates are to be performed/i;

export interface ChangeSetWish {
  readonly name: string;
  readonly parameter: string;
  readonly value: string;
}

/**
 * A change set that sets one parameter and keeps everything else. Parameters go as UsePreviousValue because
 * DescribeStacks prints NoEcho values as `****`. Not sent, because CloudFormation keeps what it has when they are
 * missing: tags, the stored role, notification targets. Capabilities are not kept, so the stack's own go along:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 * Throws a Failure `invalid` when the stack has no such parameter.
 */
export function changeSetOf(stack: Stack, wish: ChangeSetWish): CreateChangeSetInput {
  const keys = (stack.Parameters ?? []).flatMap(({ ParameterKey }) => ParameterKey ?? []);
  if (!keys.includes(wish.parameter)) {
    throw new Failure(
      'aws',
      'invalid',
      `The stack ${stack.StackName} has no parameter ${wish.parameter} (image_parameter in oncall.yaml); it has ${keys.join(', ')}.`,
    );
  }
  return {
    StackName: stack.StackId ?? stack.StackName,
    ChangeSetName: wish.name,
    ChangeSetType: 'UPDATE',
    UsePreviousTemplate: true,
    Parameters: keys.map((key) =>
      key === wish.parameter
        ? { ParameterKey: key, ParameterValue: wish.value }
        : { ParameterKey: key, UsePreviousValue: true },
    ),
    Capabilities: stack.Capabilities ?? [],
  };
}

export async function createChangeSet(
  clients: AwsClients,
  environment: string,
  changeSet: CreateChangeSetInput,
  signal: AbortSignal | undefined,
): Promise<void> {
  const client = clients.client(environment, 'write', CloudFormationClient);
  await write('cloudformation:CreateChangeSet', signal, (options) =>
    client.send(new CreateChangeSetCommand(changeSet), options),
  );
}

/** Waits until the change set is made and reads it whole; one without changes is a Failure `invalid`. */
export async function readChangeSet(
  clients: AwsClients,
  environment: string,
  stack: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<ChangePreview> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  let pause = POLL_MS.first;
  for (;;) {
    const answer = await describe(clients, environment, stack, name, undefined, signal);
    if (answer.Status === 'CREATE_COMPLETE') {
      return whole(clients, environment, stack, name, answer, signal);
    }
    if (answer.Status !== 'CREATE_PENDING' && answer.Status !== 'CREATE_IN_PROGRESS') {
      const reason = safeText(answer.StatusReason ?? `its status is ${answer.Status}`, { maxLength: 300 });
      throw NO_CHANGES.test(reason)
        ? new Failure('aws', 'invalid', 'Nothing to change: the stack is already set to that version.', {
            vendorCode: safeText(answer.Status),
          })
        : new Failure('aws', 'invalid', `CloudFormation made no change set: ${reason}`);
    }
    if (deadline.aborted) {
      throw new Failure(
        'aws',
        'timeout',
        `CloudFormation took over ${DEADLINE_MS / 1000} s for a change set.`,
      );
    }
    try {
      await wait(pause, undefined, signal === undefined ? {} : { signal });
    } catch {
      throw new Failure('aws', 'aborted', 'Reading the change set was given up.');
    }
    pause = Math.min(pause * 1.5, POLL_MS.most);
  }
}

export async function deleteChangeSet(
  clients: AwsClients,
  environment: string,
  stack: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const client = clients.client(environment, 'write', CloudFormationClient);
  await write('cloudformation:DeleteChangeSet', signal, (options) =>
    client.send(new DeleteChangeSetCommand({ StackName: stack, ChangeSetName: name }), options),
  );
}

function describe(
  clients: AwsClients,
  environment: string,
  stack: string,
  name: string,
  token: string | undefined,
  signal: AbortSignal | undefined,
): Promise<DescribeChangeSetOutput> {
  const client = clients.client(environment, 'act', CloudFormationClient);
  return read('cloudformation:DescribeChangeSet', signal, (options) =>
    client.send(
      new DescribeChangeSetCommand({
        StackName: stack,
        ChangeSetName: name,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
      options,
    ),
  );
}

async function whole(
  clients: AwsClients,
  environment: string,
  stack: string,
  name: string,
  first: DescribeChangeSetOutput,
  signal: AbortSignal | undefined,
): Promise<ChangePreview> {
  const changes = await allPages<Change>('cloudformation:DescribeChangeSet', async (token) => {
    const answer =
      token === undefined ? first : await describe(clients, environment, stack, name, token, signal);
    return { items: answer.Changes ?? [], next: answer.NextToken };
  });
  return { name, stackId: first.StackId ?? stack, changes: changes.flatMap(changeOf) };
}

function changeOf({ ResourceChange: change }: Change): ResourceChange[] {
  if (change === undefined) return [];
  return [
    {
      action: safeText(change.Action),
      resource: safeText(change.LogicalResourceId),
      resourceType: safeText(change.ResourceType),
      replacement: change.Replacement === undefined ? null : safeText(change.Replacement),
    },
  ];
}
