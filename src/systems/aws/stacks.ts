import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { inParallel } from '../parallel.ts';
import { isLasting, read } from './call.ts';
import type { AwsClients, Purpose } from './clients.ts';
import { allPages } from './paged.ts';

const PERMISSION = 'cloudformation:DescribeStacks';
/** From so many on, all stacks of the account are read in pages instead of each one by name. */
const BY_NAME = 4;

/** The stack of that name; null: it does not exist. */
export async function describeStack(
  clients: AwsClients,
  purpose: Purpose,
  environment: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Stack | null> {
  const client = clients.client(environment, purpose, CloudFormationClient);
  const answer = await read(PERMISSION, signal, (options) =>
    client.send(new DescribeStacksCommand({ StackName: name }), options),
  );
  return answer.Stacks?.[0] ?? null;
}

/** Parameters of stacks, by stack name, for the version that is intended; empty where we may not read them. */
export async function stackParameters(
  clients: AwsClients,
  environment: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, NonNullable<Stack['Parameters']>>> {
  try {
    const stacks =
      names.length <= BY_NAME
        ? await inParallel(names, BY_NAME, (name) =>
            describeStack(clients, 'watch', environment, name, signal),
          )
        : await allStacks(clients, environment, signal);
    return new Map(
      stacks.flatMap((stack) =>
        stack?.StackName === undefined ? [] : [[stack.StackName, stack.Parameters ?? []]],
      ),
    );
  } catch (thrown) {
    if (isLasting(thrown)) return new Map();
    throw thrown;
  }
}

async function allStacks(
  clients: AwsClients,
  environment: string,
  signal: AbortSignal | undefined,
): Promise<readonly Stack[]> {
  const client = clients.client(environment, 'watch', CloudFormationClient);
  return allPages<Stack>(PERMISSION, async (token) => {
    const answer = await read(PERMISSION, signal, (options) =>
      client.send(new DescribeStacksCommand(token === undefined ? {} : { NextToken: token }), options),
    );
    return { items: answer.Stacks ?? [], next: answer.NextToken };
  });
}
