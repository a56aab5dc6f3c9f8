import * as z from 'zod';
import { type PracticeRun, stepState } from '../../world/pipeline-run.ts';
import { PipelineRefusal } from '../../world/pipelines.ts';
import type { World } from '../../world/world.ts';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';
import { denied, type JenkinsUser, json, page } from './access.ts';
import { ENVIRONMENTS } from './jobs.ts';
import { itemId } from './queue.ts';
import { INPUT_ID } from './show.ts';

const VALUES = z.object({
  parameter: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
});

/** A GET is told to come as a POST, by those who may build alone. */
export function build(
  world: World,
  request: PracticeRequest,
  service: string,
  user: JenkinsUser,
): PracticeAnswer {
  if (!user.mayBuild) return denied(user.id, 'hudson.model.Item.Build');
  if (request.method !== 'POST') return page(405, 'This URL requires POST', { Allow: 'POST' });
  const form = new URLSearchParams(request.body.toString('utf8'));
  const named = form.get('ENVIRONMENT');
  const environment = named === ENVIRONMENTS.prod ? 'prod' : named === ENVIRONMENTS.test ? 'test' : null;
  if (environment === null) return page(400, 'Illegal choice for parameter ENVIRONMENT');
  const version = form.get('VERSION') ?? '';
  const intent = form.get('ONCALL_INTENT') || null;
  const message = `Deploy ${version}`;
  const run = world.pipelines.start({ service, environment, version, who: user.id, message, intent });
  const location = `${request.origin}/queue/item/${itemId(world.state, run)}/`;
  return { ...page(201, 'Queued'), headers: { Location: location }, body: '' };
}

/** Every refusal of an input is a 500, whatever its reason: RunAPI.doInputSubmit. */
export function submit(
  world: World,
  { query, body, method }: PracticeRequest,
  run: PracticeRun,
  user: JenkinsUser,
): PracticeAnswer {
  if (method !== 'POST') return page(405, 'This URL requires POST', { Allow: 'POST' });
  const values = VALUES.safeParse(JSON.parse(new URLSearchParams(body.toString('utf8')).get('json') ?? '{}'));
  const block = run.steps.find((step) => stepState(step) === 'waiting');
  const oops = page(500, 'Oops! A problem occurred while processing the request.');
  if (!user.mayBuild || !values.success || block === undefined || query.get('inputId') !== INPUT_ID)
    return oops;
  try {
    world.pipelines.unblock(run, block.id, user.id);
  } catch (error) {
    if (error instanceof PipelineRefusal) return oops;
    throw error;
  }
  return json(null);
}
