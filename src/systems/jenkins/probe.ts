import type { Probe } from '../../model/ports/probe.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { inParallel } from '../parallel.ts';
import { JenkinsClient } from './client.ts';
import { missingPermission, SYSTEM } from './failure.ts';
import { type Job, jobOf } from './job.ts';
import { jobAnswer, meAnswer } from './wire.ts';

const MOST_JOBS = 40;
const AT_ONCE = 4;
/** In older ones a GET may start a build: https://www.jenkins.io/changelog-old/ */
const OLDEST_MAJOR = 2;

/** Whose token it is, whether each job can be seen, and built where rollbacks go through it. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = new JenkinsClient(deps);
  const { config } = deps.loaded;

  function jobs(isBuilt: boolean): readonly Job[] {
    const found = Object.entries(config.services)
      .filter(([, { deploy_with: way }]) => (way === 'jenkins') === isBuilt)
      .flatMap(([service]) =>
        Object.keys(config.environments).map((name) => jobOf(deps.loaded, service, name)),
      )
      .filter((job) => job !== null);
    return [...new Map(found.map((job) => [job.path, job])).values()];
  }

  /** Its permissions that lack. A GET builds nothing: it asks for `Job/Build`, then for a POST (BuildAuthorizationToken). */
  async function lacks(job: Job, isBuilt: boolean, signal?: AbortSignal): Promise<readonly string[]> {
    const path = `${job.path}/api/json?tree=buildable`;
    if ((await client.find(`the job ${job.name}`, jobAnswer, path, signal)) === null) {
      return [`Job/Read (${job.name})`];
    }
    if (!isBuilt) return [];
    const permission = missingPermission(await client.knock(`${job.path}/buildWithParameters`, signal));
    return permission === null ? [] : [`${permission} (${job.name})`];
  }

  return {
    system: SYSTEM,
    async check(signal) {
      const { id, fullName } = await client.read(
        'whose token it is',
        meAnswer,
        '/me/api/json?tree=id,fullName',
        signal,
      );
      const { headers } = await client.knock('/api/json?tree=mode', signal);
      const major = Number(headers['x-jenkins']?.split('.')[0] ?? 0);
      const built = jobs(true);
      const asked = [
        ...built.map((job) => ({ job, isBuilt: major >= OLDEST_MAJOR })),
        ...jobs(false)
          .filter(({ path }) => !built.some((one) => one.path === path))
          .map((job) => ({ job, isBuilt: false })),
      ].slice(0, MOST_JOBS);
      const missing = await inParallel(asked, AT_ONCE, ({ job, isBuilt }) => lacks(job, isBuilt, signal));
      return { identity: fullName ?? id, missing: missing.flat(), now: null, budget: null };
    },
    cure: ({ code }) =>
      code === 'unauthorized'
        ? 'make an API token in Jenkins (your name, Security), and put it where systems.jenkins.token says'
        : null,
  };
}
