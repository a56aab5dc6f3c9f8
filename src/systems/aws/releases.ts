import type { Deploy } from '../../model/deploy.ts';
import type { Releases } from '../../model/ports/index.ts';
import { ownText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { awsClients, placementOf } from './clients.ts';
import { deployOf, type ToldDeploy } from './deploy-of.ts';
import { StackHistory } from './history.ts';
import { updatesOf } from './updates.ts';

/** Deploys as CloudFormation remembers them (about 90 days): the versions stand in its events' properties alone. */
export function openReleases(deps: AdapterDeps): Releases {
  const clients = awsClients(deps);
  const history = new StackHistory(clients, 'watch');
  return {
    async deploys(service, environment, limit, signal) {
      const { stack } = placementOf(service, environment);
      const told = (events: Parameters<typeof updatesOf>[0]) =>
        updatesOf(events)
          .map((update) => deployOf(update, service.image))
          .filter(isDeploy);
      const events = await history.events(environment, stack, (some) => told(some).length >= limit, signal);
      return told(events)
        .slice(0, limit)
        .map(
          (deploy): Deploy => ({
            ...deploy,
            service: service.name,
            environment,
            version: deploy.version ?? ownText('unknown'),
            source: 'cloudformation',
            url: null,
          }),
        );
    },
  };
}

/** An operation that set no version is no deploy, unless it runs and may yet set one. */
function isDeploy(deploy: ToldDeploy): boolean {
  return deploy.version !== null || deploy.status === 'in_progress';
}
