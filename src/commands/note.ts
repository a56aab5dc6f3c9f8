import type { Arguments, Context } from './row.ts';
import { carryOut } from './write/carry-out.ts';

export function run(context: Context, [incident = '', ...words]: Arguments): Promise<number> {
  return carryOut(context, {
    request: { action: 'note', incident, text: words.join(' ') },
    words: () => ['note', incident, ...words],
    yes: false,
    accepted: [],
  });
}
