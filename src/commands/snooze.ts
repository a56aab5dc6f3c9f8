import { SECOND } from '../model/instant.ts';
import { parseDuration } from '../text/time.ts';
import { UsageError } from './exit.ts';
import type { Arguments, Context } from './row.ts';
import { carryOut } from './write/carry-out.ts';

export async function run(context: Context, [incident = '', time = '']: Arguments): Promise<number> {
  const length = parseDuration(time);
  if (length === null) throw new UsageError(`'${time}' is no length of time: such as 30m, 4h, 1d`);
  return carryOut(context, {
    request: { action: 'snooze', incident, seconds: length / SECOND },
    words: () => ['snooze', incident, time],
    yes: false,
    accepted: [],
  });
}
