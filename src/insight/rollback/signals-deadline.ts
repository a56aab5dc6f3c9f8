import { MINUTE } from '../../model/instant.ts';
import { servingGroup } from './capacity.ts';
import type { Judge } from './facts.ts';

/** How many instances must say SUCCESS, and by when; the time-out stands in the template. */
export const signalsDeadline: Judge = ({ groups, expectedMs }) => {
  const serving = groups === null ? null : servingGroup(groups);
  const needed = serving === null ? 'Each new instance' : `Each of about ${serving.desired} new instances`;
  const usual =
    expectedMs === null
      ? ''
      : ` Earlier deploys took about ${Math.max(1, Math.round(expectedMs / MINUTE))} min.`;
  return {
    id: 'signals-deadline',
    result: 'skipped',
    text: `${needed} has to signal SUCCESS; the time-out is in the template, which is not read.${usual}`,
  };
};
