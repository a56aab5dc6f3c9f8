import * as z from 'zod';
import { shortName } from '../../world/history.ts';
import { YOU } from '../../world/people.ts';
import type { PracticeRun } from '../../world/pipeline-run.ts';
import { PipelineRefusal } from '../../world/pipelines.ts';
import type { World } from '../../world/world.ts';
import type { PracticeRequest } from '../server.ts';
import { Refusal } from './refusal.ts';
import { type BuildState, finishedAt, metaDataOf, stateOf } from './show.ts';

const FINISHED: readonly string[] = ['passed', 'failed', 'blocked', 'canceled'];

const orderSchema = z.object({
  commit: z.string(),
  branch: z.string(),
  message: z.string().default(''),
  env: z.record(z.string(), z.string()).default({}),
  meta_data: z.record(z.string(), z.union([z.string(), z.boolean()])).default({}),
});
const unblockSchema = z.object({ fields: z.record(z.string(), z.string()).optional() });

/** Newest first. @param service null: of all pipelines */
export function selected(
  { state }: World,
  { query }: PracticeRequest,
  service: string | null,
): readonly PracticeRun[] {
  const states = [...query.getAll('state'), ...query.getAll('state[]')];
  const branches = [...query.getAll('branch'), ...query.getAll('branch[]')];
  const createdFrom = timeIn(query.get('created_from'));
  const finishedFrom = timeIn(query.get('finished_from'));
  const wanted = [...query].flatMap(([name, value]) => {
    const key = /^meta_data\[(.+)\]$/.exec(name)?.[1];
    return key === undefined ? [] : [[key, value] as const];
  });
  return state.pipelineRuns
    .filter(
      (run) =>
        run.system === 'buildkite' &&
        (service === null || run.service === service) &&
        (states.length === 0 || states.some((name) => isIn(stateOf(run), name))) &&
        (branches.length === 0 || branches.includes(run.branch)) &&
        run.createdAt >= createdFrom &&
        (finishedAt(run) ?? Number.POSITIVE_INFINITY) >= finishedFrom &&
        (finishedFrom === Number.NEGATIVE_INFINITY || finishedAt(run) !== null) &&
        wanted.every(([key, value]) => metaDataOf(run)[key] === value),
    )
    .sort((one, other) => other.createdAt - one.createdAt || other.number - one.number);
}

/** `POST …/builds` of a pipeline that deploys what `IMAGE_TAG` and `DEPLOY_ENVIRONMENT` say. */
export function create(world: World, service: string, { body }: PracticeRequest): PracticeRun {
  const { data: order } = orderSchema.safeParse(parsed(body));
  if (order === undefined) throw new Refusal(422, 'Validation Failed');
  const { IMAGE_TAG: version, DEPLOY_ENVIRONMENT: environment } = order.env;
  if (version === undefined || (environment !== 'prod' && environment !== 'test')) {
    throw new Refusal(422, 'A practised build needs IMAGE_TAG and DEPLOY_ENVIRONMENT');
  }
  const intent = order.meta_data.intent;
  return world.pipelines.start({
    service,
    environment,
    version,
    who: tokensOwner(world),
    message: order.message,
    intent: typeof intent === 'string' ? intent : null,
  });
}

export function unblock(world: World, run: PracticeRun, jobId: string, { body }: PracticeRequest): void {
  const step = run.steps.find(({ id }) => id === jobId);
  if (step === undefined) throw new Refusal(404, 'No job found');
  if (step.kind !== 'block') throw new Refusal(400, 'This job type cannot be unblocked');
  if (!unblockSchema.safeParse(parsed(body)).success) throw new Refusal(422, 'Validation Failed');
  try {
    world.pipelines.unblock(run, jobId, tokensOwner(world));
  } catch (error) {
    if (error instanceof PipelineRefusal) throw new Refusal(422, 'This job has already been unblocked');
    throw error;
  }
}

/** Tokens are people's own. */
function tokensOwner({ state }: World): string {
  return shortName(state.people.find(({ id }) => id === YOU)?.email ?? '');
}

function isIn(state: BuildState, name: string): boolean {
  return name === 'finished' ? FINISHED.includes(state) : name === state;
}

function timeIn(text: string | null): number {
  return text === null ? Number.NEGATIVE_INFINITY : Date.parse(text);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}
