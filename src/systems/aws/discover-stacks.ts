import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { environmentNamed, plainName } from '../../insight/match-names.ts';
import type { FoundThing } from '../../model/ports/discovery.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { read } from './call.ts';
import type { AwsClients } from './clients.ts';
import { type Gaps, paged } from './paged.ts';
import { STACK_NAME_TAG } from './tags.ts';

const GROUPS_A_PAGE = 100;
/** Tags by which teams say whose a stack is, in lower case; the first that is there counts. */
const SERVICE_TAGS = ['service', 'service-name', 'service_name', 'app', 'application', 'component'];
const SQUAD_TAGS = ['squad', 'team', 'owner', 'owned-by'];
const ENVIRONMENT_TAGS = ['environment', 'env', 'stage'];
/** Parameters that carry a version, the likeliest first. */
const IMAGE_PARAMETERS = [
  /^(docker|container)?image_?(tag|version)$/i,
  /^(app|application|service|release)_?version$/i,
  /^(version|tag)$/i,
];

type Tags = ReadonlyMap<string, string>;

interface Seen {
  readonly stack: Stack;
  readonly tags: Tags;
  /** Whether instances of a group run by it. */
  readonly hasGroup: boolean;
  /** Environments whose credentials show it. */
  readonly environments: string[];
}

/** Every environment's stacks; one that several environments show (one account for all) goes to the one that it names. */
export async function discoverStacks(
  clients: AwsClients,
  names: readonly string[],
  all: readonly string[],
  gaps: Gaps,
  signal: AbortSignal | undefined,
): Promise<readonly FoundThing[]> {
  const byId = new Map<string, Seen>();
  for (const name of names) {
    const [stacks, groups] = await Promise.all([
      stacksIn(clients, name, gaps, signal),
      groupTagsIn(clients, name, gaps, signal),
    ]);
    for (const stack of stacks) {
      const id = stack.StackId ?? '';
      const known = byId.get(id);
      if (known !== undefined) known.environments.push(name);
      else {
        const ofGroup = groups.get(stack.StackName ?? '');
        const tags = new Map([...(ofGroup ?? []), ...tagsOf(stack.Tags)]);
        byId.set(id, { stack, tags, hasGroup: ofGroup !== undefined, environments: [name] });
      }
    }
  }
  const seen = [...byId.values()];
  return seen.flatMap((one) => thingOf(one, seen, all));
}

function thingOf(one: Seen, seen: readonly Seen[], all: readonly string[]): readonly FoundThing[] {
  const { stack, tags, hasGroup } = one;
  const name = stack.StackName ?? '';
  const environment = environmentOf(one, seen, all);
  if (environment === null) return [];
  const parameter = imageParameterOf(stack);
  const service = firstTag(tags, SERVICE_TAGS);
  const placement = { stack: name, ...(parameter === null ? {} : { image_parameter: parameter }) };
  return [
    {
      system: 'aws',
      kind: 'stack',
      name: safeText(name),
      service,
      environment,
      squad: firstTag(tags, SQUAD_TAGS),
      isService: hasGroup && (service !== null || parameter !== null),
      keys: { environments: { [environment]: placement } },
    },
  ];
}

/** null: it is of an environment that is not ours. */
function environmentOf(one: Seen, seen: readonly Seen[], all: readonly string[]): string | null {
  const { stack, tags, environments } = one;
  const tag = firstTag(tags, ENVIRONMENT_TAGS);
  if (tag !== null) return environmentNamed(tag, all);
  const plain = plainName(stack.StackName ?? '', all);
  if (plain.environment !== null) return plain.environment;
  if (environments.length === 1) return environments[0] ?? null;
  const siblings = seen.map((other) => plainName(other.stack.StackName ?? '', all));
  const taken = siblings.flatMap((other) => (other.name === plain.name ? (other.environment ?? []) : []));
  return environments.find((name) => !taken.includes(name)) ?? null;
}

/** null: none that is known. */
function imageParameterOf({ Parameters }: Stack): string | null {
  const names = (Parameters ?? []).flatMap(({ ParameterKey }) => ParameterKey ?? []);
  for (const pattern of IMAGE_PARAMETERS) {
    const found = names.find((name) => pattern.test(name));
    if (found !== undefined) return found;
  }
  return null;
}

function firstTag(tags: Tags, keys: readonly string[]): SafeText | null {
  const found = keys.map((key) => tags.get(key)).find((value) => value !== undefined && value !== '');
  return found === undefined ? null : safeText(found, { maxLength: 128 });
}

function tagsOf(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Tags {
  return new Map((tags ?? []).map(({ Key, Value }) => [(Key ?? '').toLowerCase(), Value ?? '']));
}

function stacksIn(clients: AwsClients, environment: string, gaps: Gaps, signal: AbortSignal | undefined) {
  const client = clients.client(environment, 'act', CloudFormationClient);
  return paged<Stack>('cloudformation:DescribeStacks', gaps, async (NextToken) => {
    const answer = await read('cloudformation:DescribeStacks', signal, (options) =>
      client.send(new DescribeStacksCommand(NextToken === undefined ? {} : { NextToken }), options),
    );
    return { items: answer.Stacks ?? [], next: answer.NextToken };
  });
}

/** Tags of groups by the name of their stack. */
async function groupTagsIn(
  clients: AwsClients,
  environment: string,
  gaps: Gaps,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Tags>> {
  const client = clients.client(environment, 'act', AutoScalingClient);
  const groups = await paged('autoscaling:DescribeAutoScalingGroups', gaps, async (NextToken) => {
    const answer = await read('autoscaling:DescribeAutoScalingGroups', signal, (options) =>
      client.send(
        new DescribeAutoScalingGroupsCommand({
          Filters: [{ Name: 'tag-key', Values: [STACK_NAME_TAG] }],
          MaxRecords: GROUPS_A_PAGE,
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
        options,
      ),
    );
    return {
      items: (answer.AutoScalingGroups ?? []).map((group) => tagsOf(group.Tags)),
      next: answer.NextToken,
    };
  });
  return new Map(groups.map((tags) => [tags.get(STACK_NAME_TAG) ?? '', tags]));
}
