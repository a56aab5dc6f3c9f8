import { UsageError } from './exit.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';
import { suggestions } from './suggested.ts';
import { carryOut } from './write/carry-out.ts';

export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const incidents = args.slice(0, -1);
  const squad = args.at(-1);
  if (squad === undefined || incidents.length === 0) throw await lacking(context, squad);
  return carryOut(context, {
    request: { action: 'reroute', incidents, squad },
    words: () => ['reroute', ...incidents, squad],
    yes: flag(options, 'yes'),
    accepted: [],
  });
}

/** What lacks; where the one word is an open incident, with the squad that is suggested for it. */
async function lacking(context: Context, id: string | undefined): Promise<UsageError> {
  const needs = 'reroute needs incidents and then a squad: oncall reroute';
  const plain = new UsageError(`${needs} Q1A2B3 billing`);
  if (id === undefined) return plain;
  try {
    const { catalog } = await context.config();
    const systems = await context.systems();
    const incidents = await (await systems.pager()).incidents([id]);
    const found = (await suggestions(context, systems, catalog, incidents)).get(id);
    if (found === undefined) return plain;
    return new UsageError(`${needs} ${id} ${found.squad}  (suggested: ${found.reason})`);
  } catch {
    return plain;
  }
}
