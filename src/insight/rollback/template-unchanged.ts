import type { Judge } from './facts.ts';

/**
 * An old tag on a new template is not the old deploy. CloudFormation keeps the current template only, but its events
 * tell what launch template and group were made with.
 */
export const templateUnchanged: Judge = ({ to, changedSince }) => {
  const id = 'template-unchanged';
  const then = to ?? 'then';
  if (changedSince === null) {
    return {
      id,
      result: 'skipped',
      text: `Whether the template changed since ${then} cannot be told: CloudFormation keeps no earlier template, and no events of that deploy.`,
    };
  }
  return changedSince.length === 0
    ? {
        id,
        result: 'pass',
        text: `Launch template and group are made as they were with ${then}; no more of an earlier template is kept.`,
      }
    : {
        id,
        result: 'warn',
        text: `Changed since ${then} was deployed, and kept as it is now: ${changedSince.join(', ')}. It will not be quite the old deploy.`,
      };
};
