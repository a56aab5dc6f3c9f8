import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../model/instant.ts';
import { parseDuration } from './time.ts';

/** What `parseWhen` understands, for people. */
export const WHEN_FORMS = '03:12, 03:12:40, -5m, 2m ago';

/** A time as people name it: the latest `HH:MM` or `HH:MM:SS` (UTC) that is past, or an age; null: it is none. */
export function parseWhen(text: string, now: Instant): Instant | null {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text.trim());
  if (clock !== null) {
    const [, hours, minutes, seconds = '0'] = clock;
    const inDay = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
    const today = Math.floor(now / DAY) * DAY + inDay;
    return today <= now ? today : today - DAY;
  }
  const age = /^(?:-\s*(\S+)|(\S+)\s+ago)$/.exec(text.trim());
  const ms = age === null ? null : parseDuration(age[1] ?? age[2] ?? '');
  return ms === null ? null : now - ms;
}
