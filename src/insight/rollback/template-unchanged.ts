import type { Judge } from './facts.ts';

/** An old tag on a new template is not the old deploy; CloudFormation keeps the current template only. */
export const templateUnchanged: Judge = ({ to }) => ({
  id: 'template-unchanged',
  result: 'skipped',
  text: `Whether the template changed since ${to ?? 'then'} cannot be told: CloudFormation keeps no earlier template.`,
});
