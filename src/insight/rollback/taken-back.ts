import { rfc3339 } from '../../model/instant.ts';
import type { Judge } from './facts.ts';
import { reasonIn } from './stack-end.ts';

/** An update that CloudFormation takes back has not rolled anything back; what it did once it may do again. */
export const takenBack: Judge = ({ deploys, latest, to }) => {
  const id = 'taken-back';
  const then = 'if this one is, the old group serves on and it counts as failed.';
  if (deploys === null) {
    return {
      id,
      result: 'skipped',
      text: `Whether an earlier update to ${to ?? 'it'} was taken back is not known: the history cannot be read; ${then}`,
    };
  }
  const newest = deploys.find(({ version, status }) => version === to && status !== 'in_progress');
  if (newest === undefined || newest.status === 'succeeded') {
    return { id, result: 'pass', text: `No update to ${to ?? 'it'} was taken back lately; ${then}` };
  }
  const when = rfc3339(newest.finishedAt ?? newest.startedAt);
  if (newest.status === 'cancelled') {
    return {
      id,
      result: 'pass',
      text: `The last update to ${to} was cancelled at ${when}, none was taken back; ${then}`,
    };
  }
  const why = newest === deploys[0] && latest !== null && latest.length > 0 ? `: ${reasonIn(latest)}` : '.';
  return {
    id,
    result: 'warn',
    text: `The last update to ${to} was taken back at ${when}${why} What stopped it may do so again; the old group serves on then.`,
  };
};
