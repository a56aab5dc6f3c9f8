import type { Deploy } from '../../model/deploy.ts';
import type { Releases } from '../../model/ports/index.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { type AwsEnvironment, awsClients, placementOf } from './clients.ts';
import { deployOf, type ToldDeploy } from './deploy-of.ts';
import { StackHistory } from './history.ts';
import type { HistoryEvent } from './stack-events.ts';
import { updatesOf } from './updates.ts';

/** Deploys as CloudFormation remembers them (about 90 days): the versions stand in its events' properties alone. */
export function openStackReleases(deps: AdapterDeps): Releases {
  const clients = awsClients(deps);
  const history = new StackHistory(clients, 'watch');
  return {
    async deploys(service, environment, limit, signal) {
      const { stack } = placementOf(service, environment);
      const told = (events: readonly HistoryEvent[]) =>
        updatesOf(events)
          .map((update) => deployOf(update, service.image))
          .filter(isDeploy);
      const enough = (some: readonly HistoryEvent[]) =>
        updatesOf(some).length >= limit && told(some).length >= limit;
      const events = await history.events(environment, stack, enough, signal);
      const url = consoleUrl(clients.environment(environment), events[0]?.stackId);
      return told(events)
        .slice(0, limit)
        .map(
          (deploy): Deploy => ({
            ...deploy,
            service: service.name,
            environment,
            version: deploy.version ?? ownText('unknown'),
            source: 'cloudformation',
            sources: ['cloudformation'],
            url,
            waiting: null,
          }),
        );
    },
  };
}

/** An operation that set no version is no deploy, unless it runs and may yet set one. */
function isDeploy(deploy: ToldDeploy): boolean {
  return deploy.version !== null || deploy.status === 'in_progress';
}

/** The stack's events in AWS's console; null: a custom endpoint has none. */
function consoleUrl({ region, endpoint }: AwsEnvironment, stackId: string | undefined): SafeText | null {
  if (endpoint !== null || stackId === undefined) return null;
  const page = `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}`;
  return safeText(`${page}#/stacks/events?stackId=${encodeURIComponent(stackId)}`);
}
