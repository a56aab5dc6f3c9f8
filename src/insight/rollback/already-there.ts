import type { Judge } from './facts.ts';

/** Whether there is anything to roll back. */
export const alreadyThere: Judge = ({ from, to, deploys, service, environment }) => {
  const id = 'already-there';
  if (to === null) {
    return {
      id,
      result: 'block',
      text: `No earlier version of ${service.name} in ${environment} is known to have been healthy: name one with --to.`,
    };
  }
  if (from !== to)
    return { id, result: 'pass', text: `${from ?? 'An unknown version'} is set now, ${to} is wanted.` };
  const failed = deploys?.[0];
  const why =
    failed !== undefined && failed.status !== 'succeeded' && failed.version !== to
      ? ` The deploy of ${failed.version} ended as ${failed.status}, so the old group still serves.`
      : '';
  return {
    id,
    result: 'block',
    text: `Nothing to roll back: ${service.name} in ${environment} is at ${to} already.${why}`,
  };
};
