import { UsageError } from './exit.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';

/** `oncall status`. The one line for a prompt loads next to nothing: it runs at every prompt. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  if (!flag(options, 'short')) return (await import('./status-full.ts')).run(context, args, options);
  for (const other of ['all', 'watch']) {
    if (flag(options, other))
      throw new UsageError(`--short reads the last snapshot only: it has no --${other}.`);
  }
  return (await import('./status-short.ts')).run(context, options);
}
