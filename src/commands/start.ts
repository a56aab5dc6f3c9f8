import { canShowCockpit } from './can-show-cockpit.ts';
import type { Arguments, Context, Options } from './row.ts';
import { table } from './table.ts';

/** `oncall` alone: the cockpit on a terminal that can show it, otherwise the same as `status`. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const name = canShowCockpit(context) ? 'cockpit' : 'status';
  const row = table.find((each) => each.name === name) ?? table.find((each) => each.name === 'status');
  if (row === undefined) throw new Error('the table of commands has no status');
  const { run: command } = await row.load();
  return command(context, args, options);
}
