import { Failure } from '../../model/failure.ts';
import type { DeployOrder, Pipeline } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { BambooClient } from './client.ts';
import { Directory, type Named, namedIn, type Target, unknown } from './directory.ts';
import { SYSTEM } from './failure.ts';
import { askedAt, toRun, versionOf } from './result.ts';
import { newestResults } from './results.ts';
import * as wire from './wire.ts';

/** What was started a moment ago is among the newest. */
const RESULTS_READ = 25;

/**
 * Deployments in Bamboo: https://developer.atlassian.com/server/bamboo/rest-api-deployment-triggers-for-bamboo/. The
 * one request promotes a release and rolls back to it. None of them waits for a person: what Bamboo stops at is a
 * manual stage of a build plan, before there is a release.
 */
export function openPipeline(deps: AdapterDeps): Pipeline {
  const client = new BambooClient(deps);
  const directory = new Directory(client);
  /** Results that Bamboo named when they were started from here, by intent. */
  const started = new Map<string, number>();

  async function release({ project }: Target, name: string, signal?: AbortSignal): Promise<wire.WireVersion> {
    const path = `deploy/project/${project.id}/versions`;
    const found = await client.list(
      async (query) => {
        const { versions, size } = await client.get('releases', wire.versions, `${path}?${query}`, signal);
        return { items: versions, size: size ?? null };
      },
      (items) => items.some((each) => each.name === name),
    );
    const version = found.find((each) => each.name === name);
    if (version !== undefined) return version;
    const known = found.map((each) => each.name);
    throw unknown(
      `The deployment project ${project.name} has no release ${name}, and Bamboo deploys releases only.`,
      name,
      known,
    );
  }

  /** Reading what it takes; nothing is sent by it, whatever becomes of it. */
  async function prepared(order: DeployOrder, signal?: AbortSignal): Promise<string> {
    try {
      const named = wanted(deps, order);
      const target = await directory.target(named);
      const version = await release(target, named.release.replaceAll('{version}', order.version), signal);
      return `queue/deployment?environmentId=${target.environment.id}&versionId=${version.id}`;
    } catch (thrown) {
      if (!(thrown instanceof Failure) || !thrown.mayHaveHappened) throw thrown;
      throw new Failure(SYSTEM, 'invalid', `${thrown.text} Nothing was started.`, thrown.details);
    }
  }

  return {
    system: SYSTEM,
    waiting: async () => null,
    unblock: async () => {
      throw new Failure(SYSTEM, 'invalid', 'A deployment in Bamboo waits for nobody: start it there.');
    },
    cannotStart: ({ name }) =>
      deps.loaded.config.services[name]?.bamboo === undefined
        ? `Where Bamboo deploys ${name} is not known: set services.${name}.bamboo in ${deps.loaded.file}.`
        : null,

    async start(order, signal) {
      const path = await prepared(order, signal);
      const { deploymentResultId } = await client.post('what was queued', wire.queued, path, signal);
      started.set(order.intent, deploymentResultId);
    },

    /** Bamboo keeps nothing of ours with a deployment: where its answer was lost, version and time tell. */
    async run(order, signal) {
      const id = started.get(order.intent);
      if (id !== undefined) {
        return toRun(
          await client.get('a result', wire.result, `deploy/result/${id}`, signal),
          true,
          client.base,
        );
      }
      const named = wanted(deps, order);
      const results = await newestResults(client, await directory.target(named), RESULTS_READ, signal);
      const found = results.find(
        (result) =>
          versionOf(result, named.release) === order.version && (askedAt(result) ?? 0) >= order.since,
      );
      return found === undefined ? null : toRun(found, false, client.base);
    },
  };
}

function wanted(deps: AdapterDeps, { service, environment }: DeployOrder): Named {
  const named = namedIn(deps, service, environment);
  if (named !== null) return named;
  const text = `Where Bamboo deploys ${service.name} is not known: set services.${service.name}.bamboo.`;
  throw new Failure(SYSTEM, 'not_configured', text);
}
