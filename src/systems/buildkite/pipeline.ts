import type { StepRef, WaitingStep } from '../../model/deploy.ts';
import { Failure } from '../../model/failure.ts';
import { localNow, SECOND } from '../../model/instant.ts';
import type { Pipeline, PipelineRun } from '../../model/ports/index.ts';
import type { SafeText } from '../../model/safe-text.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { BuildkiteClient } from './client.ts';
import { versionOf, waitingStep } from './deploys.ts';
import { SYSTEM } from './failure.ts';
import { BlockFields } from './fields.ts';
import { filledEach, type Place, placeOf, placesOf } from './place.ts';
import { failedJob, logLines, runOf } from './runs.ts';
import { decodeStep } from './step-id.ts';
import { guardOf, namesOf } from './steps.ts';
import { type Build, buildSchema } from './wire.ts';

const LOG_LINES = 20;
const LOG_BYTES = 8_192;
/** Whoever watches a build looks every few seconds; what it told last is good for so long. */
const RUN_FRESH_MS = 4 * SECOND;
/** The meta-data by which a build is found again. */
const INTENT = 'intent';

/**
 * Builds that wait, and builds that deploy one version: https://buildkite.com/docs/apis/rest-api/builds
 * @param now monotonic milliseconds
 */
export function openPipeline(deps: AdapterDeps, now: () => number = localNow): Pipeline {
  const { config, file } = deps.loaded;
  const settings = settingsOf(deps, SYSTEM);
  const client = new BuildkiteClient(deps);
  const fields = new BlockFields(client, now);
  const seen = new Map<string, { readonly run: PipelineRun; readonly at: number }>();

  async function found(step: StepRef, signal: AbortSignal | undefined) {
    const { pipeline, number, job: id } = decodeStep(step.id);
    const path = `/pipelines/${pipeline}/builds/${number}`;
    const build = await client.get('a build', buildSchema, path, signal);
    const job = build.jobs.find((one) => one.id === id) ?? null;
    const places = placesOf(config, settings, pipeline);
    const place = places.find((one) => guardOf(build, one)?.id === id) ?? places[0] ?? null;
    return { build, job, place, path: `${path}/jobs/${id}` };
  }

  function needPlace(service: string, environment: string): Place {
    const place = placeOf(config, settings, service, environment);
    if (place !== null) return place;
    throw new Failure(SYSTEM, 'not_configured', `services.${service}.buildkite is missing in ${file}.`);
  }

  return {
    system: SYSTEM,
    async waiting(step, signal): Promise<WaitingStep | null> {
      const { build, job, place } = await found(step, signal);
      const waiting = waitingStep(build, job);
      if (waiting === null || job === null) return null;
      const asks = await fields.asks(build.pipeline.slug, namesOf(job), place?.keys.fields ?? {});
      return { ...waiting, asks };
    },
    async unblock(step, _from, signal) {
      const { build, place, path } = await found(step, signal);
      const values = {
        version: place === null ? '' : (versionOf(build, place) ?? ''),
        environment: place?.theirs ?? '',
      };
      await client.send(
        'the unblocking',
        'PUT',
        `${path}/unblock`,
        { fields: filledEach(place?.keys.fields ?? {}, values) },
        signal,
      );
    },
    cannotStart: ({ name }, environment) =>
      placeOf(config, settings, name, environment) === null
        ? `services.${name}.buildkite is missing in ${file}.`
        : null,
    async start({ service, environment, version, intent, who }, signal) {
      const { keys, theirs } = needPlace(service.name, environment);
      const order = {
        commit: 'HEAD',
        branch: keys.branch,
        message: `Deploy ${version} to ${environment} (oncall, ${who})`,
        author: { name: who.split('@')[0] ?? who, email: who },
        env: filledEach(keys.env, { version, environment: theirs, intent }),
        meta_data: { [INTENT]: intent, [keys.version]: version },
      };
      await client.send('a build', 'POST', `/pipelines/${keys.pipeline}/builds`, order, signal);
    },
    async run({ service, environment, intent }, signal) {
      const last = seen.get(intent);
      if (last !== undefined && now() - last.at < RUN_FRESH_MS) return last.run;
      const place = needPlace(service.name, environment);
      const path = `/pipelines/${place.keys.pipeline}/builds`;
      const { items } = await client.builds(path, [[`meta_data[${INTENT}]`, intent]], 1, signal);
      const build = items.find((one) => one.meta_data[INTENT] === intent);
      if (build === undefined) return null;
      const told = runOf(build, place);
      const output = told.state === 'failed' ? await lastWords(client, build, signal) : [];
      const run = { ...told, output };
      seen.set(intent, { run, at: now() });
      return run;
    },
  };
}

/** Of the job that failed; none where the token may not read logs. */
async function lastWords(
  client: BuildkiteClient,
  build: Build,
  signal: AbortSignal | undefined,
): Promise<readonly SafeText[]> {
  const job = failedJob(build);
  if (job === null || !/^[\w-]+$/.test(job.id)) return [];
  const path = `/pipelines/${build.pipeline.slug}/builds/${build.number}/jobs/${job.id}/log`;
  return client.logTail(path, LOG_BYTES, signal).then(
    (log) => logLines(log, LOG_LINES),
    () => [],
  );
}
