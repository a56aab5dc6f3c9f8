import type { Instant } from './instant.ts';

/** What a clock on the wall says. */
export interface LocalTime {
  /** `2026-12-25`. */
  readonly date: string;
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
    (typeof Temporal === 'undefined' ? byIntl : byTemporal)(0, name);
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
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
  const { year, month, day, hour, minute, dayOfWeek } = zoned;
  return { date: dateOf(year, month, day), minutes: hour * 60 + minute, weekday: dayOfWeek };
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
  const date = dateOf(Number(parts.get('year')), Number(parts.get('month')), Number(parts.get('day')));
  return { date, minutes, weekday: WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1 };
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

function dateOf(year: number, month: number, day: number): string {
  const padded = (value: number, digits: number) => String(value).padStart(digits, '0');
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}
