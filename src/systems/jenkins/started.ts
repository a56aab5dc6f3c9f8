import { Failure } from '../../model/failure.ts';
import type { DeployOrder } from '../../model/ports/index.ts';
import type { JenkinsClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import type { Job } from './job.ts';
import { jobAnswer } from './wire.ts';

const JOB_TREE = 'buildable,property[parameterDefinitions[name,choices]]';

/**
 * Starts a build with the order's parameters, once; resolves with its item in the queue, null where Jenkins does not
 * tell. Jenkins drops parameters that a job does not define, without a word: so the job is asked for them before
 * (hudson/model/ParametersDefinitionProperty.buildWithParameters).
 */
export async function startBuild(
  client: JenkinsClient,
  job: Job,
  order: DeployOrder,
  signal?: AbortSignal,
): Promise<number | null> {
  const { version, environment, intent } = job.parameters;
  const asked = `${job.path}/api/json?tree=${encodeURIComponent(JOB_TREE)}`;
  const { buildable, property: defined } = await client.read(`the job ${job.name}`, jobAnswer, asked, signal);
  if (!buildable)
    throw new Failure(SYSTEM, 'conflict', `The job ${job.name} is disabled: enable it in Jenkins.`);
  const needed = new Map([
    [version, order.version],
    [intent, order.intent],
    ...(job.isOwn ? [] : [[environment, job.environment] as const]),
  ]);
  for (const [name, value] of needed) {
    const definition = defined.find((one) => one.name === name);
    if (definition === undefined) {
      throw new Failure(
        SYSTEM,
        'invalid',
        `The job ${job.name} has no parameter ${name}: add it, or name another one in services.${order.service.name}.jenkins.parameters.`,
      );
    }
    const { choices } = definition;
    if (choices != null && !choices.includes(value)) {
      throw new Failure(SYSTEM, 'invalid', `The job ${job.name} does not offer ${value} as its ${name}.`);
    }
  }
  // Without a delay of its own it would wait for the job's quiet period.
  const path = `${job.path}/buildWithParameters?delay=0sec`;
  const answer = await client.post(`a build of ${job.name}`, path, Object.fromEntries(needed), signal);
  const item = /\/queue\/item\/(\d+)\/?$/.exec(answer.headers.location ?? '')?.[1];
  return item === undefined ? null : Number(item);
}
