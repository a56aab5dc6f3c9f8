import { type EventSource, eventMaker } from './stack-events.ts';
import type { PracticeDeploy, PracticeStackEvent } from './state.ts';
import { deploySteps, failingSteps, GROUP_FAILED, rollbackSteps, type Step } from './update-steps.ts';
import type { Random } from './world.ts';

/** One deploy of the past and what it made and replaced; `token` is the deploy's own. */
export interface PastDeploy extends Omit<EventSource, 'token'> {
  readonly deploy: PracticeDeploy;
}

/**
 * The events that CloudFormation kept of one past deploy, oldest first, spread from its start to its finish.
 * One that is not finished has none: the stack engine plays it.
 */
export function pastEvents(past: PastDeploy, random: Random): PracticeStackEvent[] {
  const { deploy, instances } = past;
  if (deploy.finishedAt === null) return [];
  const steps = stepsOf(deploy, instances.length);
  const lasted = steps.at(-1)?.afterMs ?? 1;
  const pace = (deploy.finishedAt - deploy.startedAt) / lasted;
  const make = eventMaker({ ...past, token: deploy.token }, random);
  return steps.flatMap(({ afterMs, event }) =>
    event === null ? [] : [make(event, deploy.startedAt + Math.round(afterMs * pace))],
  );
}

function stepsOf(deploy: PracticeDeploy, instances: number): readonly Step[] {
  if (deploy.status === 'succeeded') return deploySteps(instances);
  const failed = failingSteps(instances);
  const end = failed.at(-1)?.afterMs ?? 0;
  const back = rollbackSteps(GROUP_FAILED, 'complete').map((step) => ({
    ...step,
    afterMs: step.afterMs + end + 1_000,
  }));
  return [...failed, ...back];
}
