import type { Plan } from '../../actions/types.ts';
import type { Context } from '../row.ts';
import { shellWord } from './plan-text.ts';

/** A call of this program as it can be typed again, with the configuration that this one was given. */
export function oncallLine({ configFile }: Pick<Context, 'configFile'>, words: readonly string[]): string {
  const config = configFile === undefined ? [] : ['--config', configFile];
  return ['oncall', ...config, ...words].map(shellWord).join(' ');
}

/** The exact command that carries the plan out: with these warnings accepted, and confirmed. */
export function commandLine(
  context: Pick<Context, 'configFile'>,
  plan: Plan,
  { words, accepted }: { words: (plan: Plan) => readonly string[]; accepted: readonly string[] },
): string {
  const accept = accepted.length === 0 ? [] : ['--accept', accepted.join(',')];
  return oncallLine(context, [...words(plan), ...accept, ...yesTo(plan)]);
}

/** The option that confirms the plan. */
function yesTo({ confirm }: Plan): readonly string[] {
  if (confirm.kind === 'none') return [];
  return confirm.kind === 'typed' ? ['--confirm', confirm.word] : ['--yes'];
}
