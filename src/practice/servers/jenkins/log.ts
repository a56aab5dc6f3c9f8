import { rfc3339 } from '../../../model/instant.ts';
import {
  type PracticeRun,
  type PracticeStep,
  runEnd,
  runState,
  stepStart,
} from '../../world/pipeline-run.ts';
import type { WorldState } from '../../world/state.ts';
import { ENVIRONMENTS } from './jobs.ts';

const ENDS: Readonly<Record<string, string>> = {
  succeeded: 'SUCCESS',
  failed: 'FAILURE',
  cancelled: 'ABORTED',
};

/** What a build printed so far: it only ever grows. */
export function logOf(run: PracticeRun, state: WorldState): string {
  const lines = [
    `Started by ${run.cause === 'push' ? 'GitHub push by' : 'user'} ${run.who}`,
    ...run.steps.flatMap((step) => (stepStart(step) === null ? [] : linesOf(step, run, state))),
    ...(runEnd(run) === null ? [] : [`Finished: ${ENDS[runState(run)] ?? 'UNSTABLE'}`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function linesOf(step: PracticeStep, run: PracticeRun, { stacks }: WorldState): readonly string[] {
  if (step.kind === 'build') return [`+ docker build -t ${run.service} .`];
  if (step.kind === 'block')
    return ['Input requested', ...(step.unblocked === null ? [] : [`Approved by ${step.unblocked.who}`])];
  const { deploy, refused, environment } = step;
  const begun = `+ ./deploy ${run.service} ${run.version} ${ENVIRONMENTS[environment]}`;
  if (refused !== null) return [begun, refused.reason];
  const stack = stacks.find((one) => one.service === run.service && one.environment === environment);
  const until = deploy?.finishedAt ?? Number.POSITIVE_INFINITY;
  const told =
    stack?.events.filter(({ at }) => deploy !== null && at >= deploy.startedAt && at <= until) ?? [];
  return [begun, ...told.map(({ at, status, logicalId }) => `${rfc3339(at)} ${status} ${logicalId}`)];
}
