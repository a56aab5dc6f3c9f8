import { canShowCockpit } from './can-show-cockpit.ts';
import type { Arguments, Context, Options } from './row.ts';

/** `oncall` alone: the cockpit on a terminal that can show it, otherwise the same as `status`. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const { run: command } = await (canShowCockpit(context) ? import('./cockpit.ts') : import('./status.ts'));
  return command(context, args, options);
}
