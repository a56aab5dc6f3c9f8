import type { Deploy } from '../../model/deploy.ts';
import { HOUR, MINUTE } from '../../model/instant.ts';
import type { Judge, RollbackFacts } from './facts.ts';
import { leftBehind } from './left-behind.ts';
import { burning, spans } from './spans.ts';

/** Whether there is anything to roll back. */
export const alreadyThere: Judge = (facts) => {
  const { from, to, wasAsked, deploys, service, environment } = facts;
  const id = 'already-there';
  if (to === null) {
    return {
      id,
      result: 'block',
      text: `No earlier version of ${service.name} in ${environment} is known to have been healthy: name one with --to.`,
    };
  }
  const failed = deploys?.[0];
  if (from === to) {
    const why =
      failed !== undefined && failed.status !== 'succeeded' && failed.version !== to
        ? ` The deploy of ${failed.version} ended as ${failed.status}, so the old group still serves.`
        : '';
    return {
      id,
      result: 'block',
      text: `Nothing to roll back: ${service.name} in ${environment} is at ${to} already.${why}`,
    };
  }
  const harmless = neverServed(facts);
  if (harmless === null) {
    const before = wasAsked ? null : goneBackFrom(facts);
    return before === null
      ? { id, result: 'pass', text: `${from ?? 'An unknown version'} is set now, ${to} is wanted.` }
      : {
          id,
          result: 'warn',
          text: `${from} is what ${before.version} was rolled back to ${before.minutes} min ago: this goes one version further down, to ${to}.`,
        };
  }
  const why = `the deploy of ${harmless.version} ended as ${harmless.status}, and ${from} still serves`;
  return wasAsked
    ? { id, result: 'warn', text: `Perhaps there is nothing to roll back: ${why}.` }
    : {
        id,
        result: 'block',
        text: `Nothing to roll back: ${why}. If ${from} is the bad one, say what to go back to, with --to ${to}.`,
      };
};

/** The version that was rolled back from a moment ago, to what runs now: somebody may ask for the same once more. */
function goneBackFrom({ from, deploys, now }: RollbackFacts): { version: string; minutes: number } | null {
  for (const [version, { at, to }] of leftBehind(deploys ?? [])) {
    if (to === from && now - at <= HOUR) return { version, minutes: Math.round((now - at) / MINUTE) };
  }
  return null;
}

/** The newest deploy, where it brought a new version that came to nothing while what served was well; null otherwise. */
function neverServed({ from, deploys, now, incidents, history }: RollbackFacts): Deploy | null {
  const newest = deploys?.[0];
  if (deploys == null || newest === undefined) return null;
  if (newest.version === from || newest.status === 'succeeded' || newest.status === 'in_progress')
    return null;
  // A version that served before was an attempt to go back, from something that is not well.
  if (deploys.some(({ version, status }) => version === newest.version && status === 'succeeded'))
    return null;
  const serving = spans(deploys, now).find((span) => span.current);
  if (serving === undefined || serving.version !== from) return null;
  const known = [...(history.kind === 'read' ? history.incidents : []), ...(incidents ?? [])];
  return burning(serving, known).some(({ triggeredAt }) => triggeredAt < newest.startedAt) ? null : newest;
}
