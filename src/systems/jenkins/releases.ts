import type { Deploy } from '../../model/deploy.ts';
import type { Releases } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { Builds } from './builds.ts';
import { JenkinsClient } from './client.ts';
import { deployOf } from './deploy-of.ts';
import { jobOf } from './job.ts';

/** Not every build deploys to that environment. */
const BUILDS_A_DEPLOY = 2;
const FEWEST = 20;
const MOST = 60;

/** Deploys as Jenkins's builds tell of them: stages of pipelines, or whole builds of jobs that do nothing else. */
export function openJenkinsReleases(deps: AdapterDeps): Releases {
  const client = new JenkinsClient(deps);
  const builds = new Builds(client);
  return {
    async deploys(service, environment, limit, signal) {
      const job = jobOf(deps.loaded, service.name, environment);
      if (job === null) return [];
      const most = Math.min(MOST, Math.max(FEWEST, limit * BUILDS_A_DEPLOY));
      const newest = await builds.newest(job, most, signal);
      const deploys: Deploy[] = [];
      for await (const told of builds.told(job, newest, signal)) {
        const deploy = deployOf(told, { base: client.base, job, service: service.name, environment });
        if (deploy !== null) deploys.push(deploy);
        if (deploys.length >= limit) break;
      }
      return deploys.sort((one, other) => other.startedAt - one.startedAt);
    },
  };
}
