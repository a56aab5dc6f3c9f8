import { type Arguments, type Context, flag, type Options } from './row.ts';
import { carryOut } from './write/carry-out.ts';

export function run(context: Context, [incident = '']: Arguments, options: Options): Promise<number> {
  return carryOut(context, {
    request: { action: 'escalate', incident },
    words: () => ['escalate', incident],
    yes: flag(options, 'yes'),
    accepted: [],
  });
}
