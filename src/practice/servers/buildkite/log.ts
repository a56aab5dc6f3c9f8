import type { PracticeRun } from '../../world/pipeline-run.ts';
import type { WorldState } from '../../world/state.ts';

/** What a job printed: agents put a time stamp before each line, and programs their colours. */
export function logOf({ stacks }: WorldState, run: PracticeRun, jobId: string): string {
  const step = run.steps.find(({ id }) => id === jobId);
  if (step?.kind !== 'deploy') return '';
  const stack = stacks.find(
    ({ service, environment }) => service === run.service && environment === step.environment,
  );
  const { deploy, refused } = step;
  const lines = [
    `\u001b[90m$\u001b[0m bin/deploy ${run.service} ${run.version} ${step.environment}`,
    ...(stack?.events ?? [])
      .filter(({ at }) => deploy !== null && at >= deploy.startedAt && at <= (deploy.finishedAt ?? at))
      .map(({ logicalId, status, reason }) => `${logicalId} ${status}${reason === null ? '' : ` ${reason}`}`),
    ...(refused === null ? [] : [`\u001b[31m${refused.reason}\u001b[0m`]),
  ];
  return lines.map((line) => `\u001b_bk;t=${run.createdAt}\u0007${line}\r\n`).join('');
}
