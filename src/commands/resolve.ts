import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';
import { carryOut } from './write/carry-out.ts';

export function run(context: Context, incidents: Arguments, options: Options): Promise<number> {
  const typed = optionText(options, 'confirm');
  return carryOut(context, {
    request: { action: 'resolve', incidents },
    words: () => ['resolve', ...incidents],
    yes: flag(options, 'yes'),
    accepted: [],
    ...(typed === undefined ? {} : { typed }),
  });
}
