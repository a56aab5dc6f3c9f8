import { UsageError } from './exit.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';
import { carryOut } from './write/carry-out.ts';

export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const incidents = args.slice(0, -1);
  const squad = args.at(-1);
  if (squad === undefined || incidents.length === 0) {
    throw new UsageError('reroute needs incidents and then a squad: oncall reroute Q1A2B3 billing');
  }
  return carryOut(context, {
    request: { action: 'reroute', incidents, squad },
    words: () => ['reroute', ...incidents, squad],
    yes: flag(options, 'yes'),
    accepted: [],
  });
}
