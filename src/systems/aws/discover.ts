import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { environmentNamed, plainName } from '../../insight/match-names.ts';
import { type Discovery, type FoundThing, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { read } from './call.ts';
import { type AwsClients, awsClients } from './clients.ts';
import { discoverStacks } from './discover-stacks.ts';
import { Gaps, paged } from './paged.ts';

const SYSTEM = 'aws';
/** The most on a page: ECR's API_DescribeRepositories, CloudWatch Logs' API_DescribeLogGroups. */
const REPOSITORIES_A_PAGE = 1_000;
const GROUPS_A_PAGE = 50;

/** Stacks, image repositories and log groups of every environment that has AWS. */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const clients = awsClients(deps);
  const { config } = deps.loaded;
  const all = Object.keys(config.environments);
  const names = all.filter((name) => config.environments[name]?.aws !== undefined);
  return {
    system: SYSTEM,
    async discover(signal) {
      const gaps = new Gaps();
      const [stacks, repositories, groups] = await Promise.all([
        discoverStacks(clients, names, all, gaps, signal),
        Promise.all(names.map((name) => repositoriesIn(clients, name, gaps, signal))),
        Promise.all(names.map((name) => logGroupsIn(clients, name, gaps, signal))),
      ]);
      const images = [...new Set(repositories.flat())].map((name) => imageThing(name));
      const logs = logThings([...new Set(groups.flat())], all);
      return { ...NOTHING_FOUND, things: [...stacks, ...images, ...logs], gaps: gaps.told };
    },
  };
}

function imageThing(name: string): FoundThing {
  return {
    system: SYSTEM,
    kind: 'image repository',
    name: safeText(name),
    service: null,
    environment: null,
    squad: null,
    isService: false,
    keys: { image: name },
  };
}

/** `/harbour/prod/mailer` and its twin of test are one `/harbour/{environment}/mailer`. */
function logThings(groups: readonly string[], environments: readonly string[]): readonly FoundThing[] {
  const patterns = new Map<string, string>();
  for (const group of groups) {
    const parts = group.split('/');
    const at = parts.findIndex((part) => environmentNamed(part, environments) !== null);
    const isOurs = at >= 0 && environments.includes(parts[at] ?? '');
    const pattern = isOurs ? parts.with(at, '{environment}').join('/') : group;
    patterns.set(pattern, plainName(group, environments).name);
  }
  return [...patterns].map(([pattern, name]) => ({
    system: SYSTEM,
    kind: 'log group',
    name: safeText(name),
    service: null,
    environment: null,
    squad: null,
    isService: false,
    keys: { log_group: pattern },
  }));
}

function repositoriesIn(
  clients: AwsClients,
  environment: string,
  gaps: Gaps,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const client = clients.client(environment, 'act', ECRClient);
  return paged('ecr:DescribeRepositories', gaps, async (nextToken) => {
    const answer = await read('ecr:DescribeRepositories', signal, (options) =>
      client.send(
        new DescribeRepositoriesCommand({
          maxResults: REPOSITORIES_A_PAGE,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
        options,
      ),
    );
    const items = (answer.repositories ?? []).flatMap(({ repositoryName }) => repositoryName ?? []);
    return { items, next: answer.nextToken };
  });
}

function logGroupsIn(
  clients: AwsClients,
  environment: string,
  gaps: Gaps,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const client = clients.client(environment, 'act', CloudWatchLogsClient);
  return paged('logs:DescribeLogGroups', gaps, async (nextToken) => {
    const answer = await read('logs:DescribeLogGroups', signal, (options) =>
      client.send(
        new DescribeLogGroupsCommand({
          limit: GROUPS_A_PAGE,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
        options,
      ),
    );
    const items = (answer.logGroups ?? []).flatMap(({ logGroupName }) => logGroupName ?? []);
    return { items, next: answer.nextToken };
  });
}
