import type { Deploy } from '../model/deploy.ts';

/** The deploy whose version serves now: the last that succeeded. null: none is known. */
export function runningDeploy(deploys: readonly Deploy[]): Deploy | null {
  const landed = ({ startedAt, finishedAt }: Deploy) => finishedAt ?? startedAt;
  return deploys
    .filter(({ status }) => status === 'succeeded')
    .reduce<Deploy | null>(
      (last, deploy) => (last === null || landed(deploy) > landed(last) ? deploy : last),
      null,
    );
}
