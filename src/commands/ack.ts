import { type Arguments, type Context, flag, type Options } from './row.ts';
import { carryOut } from './write/carry-out.ts';

export function run(context: Context, incidents: Arguments, options: Options): Promise<number> {
  return carryOut(context, {
    request: { action: 'acknowledge', incidents },
    words: () => ['ack', ...incidents],
    yes: flag(options, 'yes'),
    accepted: [],
  });
}
