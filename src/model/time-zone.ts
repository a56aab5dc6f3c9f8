import type { Instant } from './instant.ts';

/** What a clock on the wall says. */
export interface LocalTime {
  /** Since midnight. */
  readonly minutes: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
}

/**
 * The local time of that moment; in UTC when the zone's name is not known here. By Temporal where Node has it (26):
 * a first `Intl.DateTimeFormat` takes as long as half of Node's own start.
 */
export function localTime(at: Instant, timeZone: string): LocalTime {
  const read = typeof Temporal === 'undefined' ? byIntl : byTemporal;
  try {
    return read(at, timeZone);
  } catch {
    return read(at, 'UTC');
  }
}

/** Whether that name of a time zone is known here. */
export function isTimeZone(name: string): boolean {
  try {
    byIntl(0, name);
    return true;
  } catch {
    return false;
  }
}

/** The name of this machine's time zone. */
export function ownTimeZone(): string {
  return typeof Temporal === 'undefined'
    ? new Intl.DateTimeFormat().resolvedOptions().timeZone
    : Temporal.Now.timeZoneId();
}

function byTemporal(at: Instant, timeZone: string): LocalTime {
  const { hour, minute, dayOfWeek } = Temporal.Instant.fromEpochMilliseconds(
    Math.floor(at),
  ).toZonedDateTimeISO(timeZone);
  return { minutes: hour * 60 + minute, weekday: dayOfWeek };
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Throws a RangeError where the zone is not known. */
export function byIntl(at: Instant, timeZone: string): LocalTime {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const minutes = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
  return { minutes, weekday: WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1 };
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}
