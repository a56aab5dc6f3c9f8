import type { Judge } from './facts.ts';

/** Whether the service's pipeline, or its own command, can be told to put the version out, and is free to. */
export const pipeline: Judge = ({ pipeline: told, deploys, environment, to }) => {
  const id = 'pipeline';
  if (told === null) return { id, result: 'skipped', text: 'The stack is updated from here.' };
  if (told.cannot !== null) return { id, result: 'block', text: told.cannot };
  const busy = (deploys ?? []).find(({ status }) => status === 'in_progress');
  if (busy !== undefined) {
    const number = busy.reference === null ? '' : ` (${busy.reference})`;
    return {
      id,
      result: 'warn',
      text: `A deploy of ${busy.version}${number} to ${environment} is under way: this one may have to wait for it, or meet it at the stack.`,
    };
  }
  const what = told.name === 'command' ? 'Its deploy_command' : told.name;
  return { id, result: 'pass', text: `${what} puts ${to ?? 'it'} out; nothing else is under way there.` };
};
