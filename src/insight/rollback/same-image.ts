import { MINUTE, rfc3339 } from '../../model/instant.ts';
import type { Judge } from './facts.ts';

/** Registry's and cloud's clocks may differ by this much. */
const SLACK_MS = 5 * MINUTE;

/** Tags can move: an image that was pushed after its version had been deployed is not the one that served. */
export const sameImage: Judge = ({ image, to, deploys }) => {
  const id = 'same-image';
  const pushed = image.kind === 'found' ? image.image.pushedAt : null;
  const served = deploys?.find((deploy) => deploy.version === to && deploy.status === 'succeeded');
  if (pushed === null || served === undefined) {
    return {
      id,
      result: 'skipped',
      text: 'Whether the tag still names the image that served cannot be told.',
    };
  }
  return pushed > (served.finishedAt ?? served.startedAt) + SLACK_MS
    ? {
        id,
        result: 'warn',
        text: `The tag ${to} was pushed again at ${rfc3339(pushed)}, after it had been deployed: it is not the image that served.`,
      }
    : { id, result: 'pass', text: `The tag ${to} was not moved since it was deployed.` };
};
