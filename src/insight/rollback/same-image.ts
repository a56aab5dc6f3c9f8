import { MINUTE, rfc3339 } from '../../model/instant.ts';
import type { Judge } from './facts.ts';

/** Registry's and cloud's clocks may differ by this much. */
const SLACK_MS = 5 * MINUTE;

/**
 * Tags can move. What served is gone with its instances, so that its digest is known no more: an image that was made
 * after its version had been deployed is not the one that served. What runs now can be compared by its digest.
 */
export const sameImage: Judge = ({ image, from, fromDigest, to, deploys, running }) => {
  const id = 'same-image';
  const found = image.kind === 'found' ? image.image : null;
  const served = deploys?.find((deploy) => deploy.version === to && deploy.status === 'succeeded');
  const digests = running.kind === 'read' ? running.digests : [];
  const pushed = found?.pushedAt ?? null;
  if (found !== null && digests.length > 0 && digests.every((digest) => digest === found.digest)) {
    return {
      id,
      result: 'warn',
      text: `${to} names the very image that runs now (${short(found.digest)}): going back to it changes nothing.`,
    };
  }
  if (
    pushed !== null &&
    served !== undefined &&
    pushed > (served.finishedAt ?? served.startedAt) + SLACK_MS
  ) {
    return {
      id,
      result: 'warn',
      text: `The tag ${to} names an image of ${rfc3339(pushed)}, newer than its deploy: it is not the image that served.`,
    };
  }
  const moved = fromDigest === null ? undefined : digests.find((digest) => digest !== fromDigest);
  if (moved !== undefined && moved !== found?.digest) {
    return {
      id,
      result: 'warn',
      text: `The tag ${from} names another image now than the one that runs (${short(moved)}): what runs cannot be brought back by rolling forward.`,
    };
  }
  if (pushed === null || served === undefined) {
    return {
      id,
      result: 'skipped',
      text: 'Whether the tag still names the image that served cannot be told.',
    };
  }
  const compared = digests.length > 0 && fromDigest !== null ? `, and ${from} names what runs now` : '';
  return { id, result: 'pass', text: `The tag ${to} was not moved since it was deployed${compared}.` };
};

function short(digest: string): string {
  return digest.slice(0, 19);
}
