import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { parse } from 'yaml';
import { HOUR, MINUTE, SECOND } from '../../model/instant.ts';
import type { SignalRule } from '../../model/stack.ts';
import { read } from './call.ts';
import type { AwsClients } from './clients.ts';
import { member } from './member.ts';

/**
 * Defaults from the CloudFormation user guide, "CreationPolicy attribute" (Count 1, Timeout PT5M) and "UpdatePolicy
 * attribute" (PauseTime PT5M with WaitOnResourceSignals).
 */
const DEFAULTS = { count: 1, timeoutMs: 5 * MINUTE };

const GROUP_TYPE = 'AWS::AutoScaling::AutoScalingGroup';

/** One GetTemplate; the template as it was written, before macros: it says the same of signals. */
export async function readSignalRule(
  clients: AwsClients,
  environment: string,
  stack: string,
  signal: AbortSignal | undefined,
): Promise<SignalRule | null> {
  const client = clients.client(environment, 'act', CloudFormationClient);
  const answer = await read('cloudformation:GetTemplate', signal, (options) =>
    client.send(new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' }), options),
  );
  return signalRuleOf(answer.TemplateBody ?? '');
}

/** null: no group, several of them, or one that waits for nothing. */
export function signalRuleOf(body: string): SignalRule | null {
  const resources = member(parsed(body), 'Resources');
  if (typeof resources !== 'object' || resources === null) return null;
  const groups = Object.values(resources).filter((resource) => member(resource, 'Type') === GROUP_TYPE);
  const [group, ...others] = groups;
  return group === undefined || others.length > 0 ? null : ruleOf(group);
}

function ruleOf(group: unknown): SignalRule | null {
  const update = member(group, 'UpdatePolicy');
  const rolling = member(update, 'AutoScalingRollingUpdate');
  const replaced = isTrue(member(member(update, 'AutoScalingReplacingUpdate'), 'WillReplace'));
  if (rolling !== undefined && !replaced) {
    if (!isTrue(member(rolling, 'WaitOnResourceSignals'))) return null;
    return { count: null, timeoutMs: milliseconds(member(rolling, 'PauseTime')), inBatches: true };
  }
  const awaited = member(member(group, 'CreationPolicy'), 'ResourceSignal');
  if (awaited === undefined) return null;
  return {
    count: countOf(member(awaited, 'Count')),
    timeoutMs: milliseconds(member(awaited, 'Timeout')),
    inBatches: false,
  };
}

function countOf(count: unknown): SignalRule['count'] {
  if (count === undefined) return DEFAULTS.count;
  const parameter = member(count, 'Ref');
  if (typeof parameter === 'string') return { parameter };
  const number = Number(count);
  return Number.isInteger(number) && typeof count !== 'object' ? number : null;
}

/** `PT1H15M30S`, the only form that CloudFormation takes. */
function milliseconds(duration: unknown): number | null {
  if (duration === undefined) return DEFAULTS.timeoutMs;
  const match = typeof duration === 'string' ? /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) : null;
  if (match === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
}

/** JSON is YAML too; of YAML's short forms of functions only `!Ref` matters here, the others read as their text. */
function parsed(body: string): unknown {
  const reference = { tag: '!Ref', resolve: (name: string) => ({ Ref: name }) };
  return parse(body, { customTags: [reference], logLevel: 'silent', maxAliasCount: 100 });
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
