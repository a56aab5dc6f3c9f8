import { didYouMean } from '../insight/nearest.ts';
import { SCRIPTS } from './completion/scripts.ts';
import { OK, UsageError } from './exit.ts';
import type { Arguments, Context } from './row.ts';

/** `oncall completion SHELL`: a script for that shell, which asks `oncall complete` what may stand at the cursor. */
export async function run(context: Context, [shell = '']: Arguments): Promise<number> {
  const script = SCRIPTS.get(shell);
  if (script === undefined) {
    const known = [...SCRIPTS.keys()];
    throw new UsageError(
      `no completion for '${shell}'.${didYouMean(shell, known)} There is one for ${known.join(', ')}.`,
    );
  }
  context.stdout.write(script);
  return OK;
}
