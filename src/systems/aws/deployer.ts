import {
  CancelUpdateStackCommand,
  CloudFormationClient,
  ContinueUpdateRollbackCommand,
  ExecuteChangeSetCommand,
  type Stack as VendorStack,
} from '@aws-sdk/client-cloudformation';
import type { Service } from '../../model/catalog.ts';
import { Failure } from '../../model/failure.ts';
import type { Deployer } from '../../model/ports/index.ts';
import { safeText } from '../../model/safe-text.ts';
import type { CloudIdentity, Stack, StackEvent } from '../../model/stack.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { write } from './call.ts';
import { changeSetOf, createChangeSet, deleteChangeSet, readChangeSet } from './change-set.ts';
import { changedSince } from './changed-since.ts';
import { type AwsClients, awsClients, placementOf } from './clients.ts';
import { StackHistory } from './history.ts';
import { Identities } from './identity.ts';
import type { HistoryEvent } from './stack-events.ts';
import { describeStack } from './stacks.ts';
import { readSignalRule } from './template.ts';
import { groupsOf } from './update-groups.ts';
import { type StackUpdate, updatesOf } from './updates.ts';

/** Changes images through CloudFormation; every write goes once, on clients that never try again. */
export function openDeployer(deps: AdapterDeps): Deployer {
  const clients = awsClients(deps);
  const identities = new Identities(clients);
  const history = new StackHistory(clients, 'act');

  const sendOnce = async (
    permission: string,
    environment: string,
    signal: AbortSignal | undefined,
    send: (client: CloudFormationClient, options: { abortSignal?: AbortSignal }) => Promise<unknown>,
  ): Promise<void> => {
    await identities.mayAct(environment, signal);
    const client = clients.client(environment, 'write', CloudFormationClient);
    await write(permission, signal, (options) => send(client, options));
  };

  return {
    async stack(service, environment, signal) {
      const [stack, identity] = await Promise.all([
        stackOf(clients, service, environment, signal),
        identities.of(environment, signal),
      ]);
      return decodeStack(stack, environment, identity);
    },

    signalRule(service, environment, signal) {
      return readSignalRule(clients, environment, placementOf(service, environment).stack, signal);
    },

    async changedSince({ service, environment, version }, signal) {
      const { stack } = placementOf(service, environment);
      const compared = (events: readonly HistoryEvent[]) =>
        changedSince(updatesOf(events), service.image, version);
      const events = await history.events(environment, stack, (some) => compared(some) !== null, signal);
      return compared(events);
    },

    async preview({ service, environment, version }, name, signal) {
      await identities.mayAct(environment, signal);
      const stack = await stackOf(clients, service, environment, signal);
      const { imageParameter, stack: stackName } = placementOf(service, environment);
      const id = stack.StackId ?? stackName;
      const changeSet = changeSetOf(stack, { name, parameter: imageParameter, value: version });
      try {
        await createChangeSet(clients, environment, changeSet, signal);
        return await readChangeSet(clients, environment, id, name, signal);
      } catch (thrown) {
        // Made or not, it will not be executed: leave nothing behind. What matters is why it failed.
        if (mayExist(thrown))
          await deleteChangeSet(clients, environment, id, name, undefined).catch(() => {});
        throw thrown;
      }
    },

    async discard({ environment }, preview, signal) {
      await deleteChangeSet(clients, environment, preview.stackId, preview.name, signal);
    },

    execute({ environment }, preview, token, signal) {
      return sendOnce('cloudformation:ExecuteChangeSet', environment, signal, (client, options) =>
        client.send(
          new ExecuteChangeSetCommand({
            StackName: preview.stackId,
            ChangeSetName: preview.name,
            ClientRequestToken: token,
          }),
          options,
        ),
      );
    },

    async events(service, environment, token, signal) {
      const { stack } = placementOf(service, environment);
      const mine = (events: readonly HistoryEvent[]): StackUpdate | undefined =>
        updatesOf(events).find((update) => update.events.some((event) => event.token === token));
      const events = await history.events(environment, stack, (some) => mine(some) !== undefined, signal);
      return mine(events)?.events.map(plain) ?? [];
    },

    async latestEvents(service, environment, signal) {
      const { stack } = placementOf(service, environment);
      const events = await history.events(environment, stack, (some) => updatesOf(some).length > 0, signal);
      return updatesOf(events)[0]?.events.map(plain) ?? [];
    },

    async updatesSince(service, environment, since, signal) {
      const { stack } = placementOf(service, environment);
      const before = (events: readonly HistoryEvent[]) =>
        updatesOf(events).some((update) => update.events[0].at < since);
      const events = await history.events(environment, stack, before, signal);
      return updatesOf(events)
        .filter((update) => (update.events.at(-1)?.at ?? 0) >= since)
        .map((update) => ({ events: update.events.map(plain), ...groupsOf(update.events) }))
        .toReversed();
    },

    cancel(service, environment, token, signal) {
      const { stack } = placementOf(service, environment);
      return sendOnce('cloudformation:CancelUpdateStack', environment, signal, (client, options) =>
        client.send(new CancelUpdateStackCommand({ StackName: stack, ClientRequestToken: token }), options),
      );
    },

    continueRollback(service, environment, token, signal) {
      const { stack } = placementOf(service, environment);
      return sendOnce('cloudformation:ContinueUpdateRollback', environment, signal, (client, options) =>
        client.send(
          new ContinueUpdateRollbackCommand({ StackName: stack, ClientRequestToken: token }),
          options,
        ),
      );
    },
  };
}

async function stackOf(
  clients: AwsClients,
  service: Service,
  environment: string,
  signal: AbortSignal | undefined,
): Promise<VendorStack> {
  const { stack: name } = placementOf(service, environment);
  const stack = await describeStack(clients, 'act', environment, name, signal);
  if (stack !== null) return stack;
  throw new Failure('aws', 'not_found', `There is no stack ${name} in ${environment}.`);
}

/** A change set that CloudFormation refused to make (a taken name, a missing right) is not ours to delete. */
function mayExist(thrown: unknown): boolean {
  if (!(thrown instanceof Failure)) return true;
  const refused = ['conflict', 'forbidden', 'unauthorized', 'not_found', 'not_configured'].includes(
    thrown.code,
  );
  return !refused && thrown.details.vendorCode !== 'ValidationError';
}

function decodeStack(stack: VendorStack, environment: string, identity: CloudIdentity): Stack {
  const { StackName: name = '', StackStatusReason: reason, RoleARN: role } = stack;
  return {
    name,
    environment,
    id: safeText(stack.StackId),
    status: safeText(stack.StackStatus),
    statusReason: reason === undefined ? null : safeText(reason),
    updatedAt: (stack.LastUpdatedTime ?? stack.CreationTime)?.getTime() ?? null,
    parameters: record(stack.Parameters?.map((one) => [one.ParameterKey, one.ParameterValue])),
    tags: record(stack.Tags?.map((one) => [one.Key, one.Value])),
    capabilities: (stack.Capabilities ?? []).map((one) => safeText(one)),
    roleArn: role === undefined ? null : safeText(role),
    identity,
  };
}

function record(pairs: readonly (readonly [string | undefined, string | undefined])[] = []) {
  return Object.fromEntries(
    pairs.flatMap(([key, value]) => (key === undefined ? [] : [[safeText(key), safeText(value)]])),
  );
}

function plain({ id, at, resource, resourceType, status, reason, token }: HistoryEvent): StackEvent {
  return { id, at, resource, resourceType, status, reason, token };
}
