import type { WaitingStep } from '../../model/deploy.ts';
import { Failure } from '../../model/failure.ts';
import type { DeployOrder, Pipeline } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { Builds } from './builds.ts';
import { JenkinsClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { Followed } from './followed.ts';
import { parseStepId, submission, toWaitingStep } from './inputs.ts';
import { type Job, jobOf, jobPath } from './job.ts';
import { waitsSince } from './stages.ts';
import { startBuild } from './started.ts';

/** Input steps of Jenkins's pipelines, and builds with parameters. */
export function openJenkinsPipeline(deps: AdapterDeps): Pipeline {
  const { loaded } = deps;
  const client = new JenkinsClient(deps);
  const builds = new Builds(client);
  const followed = new Map<string, Followed>();

  function jobFor({ service, environment }: Pick<DeployOrder, 'service' | 'environment'>): Job {
    const job = jobOf(loaded, service.name, environment);
    if (job !== null) return job;
    throw new Failure(SYSTEM, 'not_configured', notConfigured(service.name));
  }

  function notConfigured(service: string): string {
    return `services.${service}.jenkins is missing in ${loaded.file}.`;
  }

  async function pending(id: string, signal?: AbortSignal) {
    const ref = parseStepId(id);
    const path = jobPath(ref.job);
    const found = (await builds.inputs(path, ref.build, signal))?.find((one) => one.id === ref.input);
    return { ref, path, found: found ?? null };
  }

  return {
    system: SYSTEM,

    async waiting({ id }, signal): Promise<WaitingStep | null> {
      const { ref, path, found } = await pending(id, signal);
      if (found === null) return null;
      const run = await builds.describe(path, ref.build, signal);
      return toWaitingStep(client.base, ref, found, run === null ? null : waitsSince(run));
    },

    /**
     * Jenkins knows whose token it is, and no other person. It answers 500 where the input was given meanwhile, or
     * has submitters of whom the user is none (RunAPI.doInputSubmit): reading tells what became of it.
     */
    async unblock({ id }, _from, signal) {
      const { ref, path, found } = await pending(id, signal);
      if (found === null) {
        throw new Failure(
          SYSTEM,
          'conflict',
          `Build #${ref.build} of ${ref.job} does not wait for this any more.`,
        );
      }
      const { asks, label, url } = toWaitingStep(client.base, ref, found, null);
      if (asks.length > 0) {
        const page = `It asks for ${asks.join(', ')}: answer it on its page, ${url}.`;
        throw new Failure(SYSTEM, 'invalid', `“${label}” cannot be answered from here. ${page}`);
      }
      const query = new URLSearchParams({ inputId: ref.input });
      const submit = `${path}/${ref.build}/wfapi/inputSubmit?${query}`;
      await client.post('an input', submit, { json: submission(found) }, signal);
    },

    cannotStart: ({ name }, environment) =>
      jobOf(loaded, name, environment) === null ? notConfigured(name) : null,

    async start(order, signal) {
      const item = await startBuild(client, jobFor(order), order, signal);
      followed.set(order.intent, new Followed(client, builds, item));
    },

    run(order, signal) {
      const job = jobFor(order);
      const known = followed.get(order.intent) ?? new Followed(client, builds, null);
      followed.set(order.intent, known);
      return known.run(job, order, signal);
    },
  };
}
