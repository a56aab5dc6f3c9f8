import { DAY, type Instant } from '../../model/instant.ts';
import { accessLogDay, type MonthDay, syslogDay } from './month-time.ts';

/** A time that was read, and where it ends. */
export interface ReadTime {
  /** NaN: it does not tell the year, or not in this form. */
  at: Instant;
  end: number;
  /** About when it is read: for times that tell no year. */
  readonly now: Instant;
}

const monthDay: MonthDay = { day: 0, end: 0 };
let [knownDate, knownDay] = [0, 0];

/** Reads a date with a time, or either, that begins here; false: nothing that is one. Without a zone it is taken for UTC. */
export function readTime(bytes: Uint8Array, from: number, to: number, into: ReadTime): boolean {
  const digits = digitsAt(bytes, from, to);
  const mark = bytes[from + digits] ?? 0;
  if (digits === 0) {
    const first = bytes[from] ?? 0;
    if (first < 65 || first > 83 || !syslogDay(bytes, from, into.now, monthDay)) return false;
    return readClock(bytes, monthDay.end, to, into, monthDay.day);
  }
  if (digits === 2 && mark === 47 && accessLogDay(bytes, from, monthDay))
    return readClock(bytes, monthDay.end, to, into, monthDay.day);
  if ((digits === 10 || digits === 13) && from + digits <= to && (mark <= 32 || mark === 46)) {
    into.at = number(bytes, from, digits) * (digits === 10 ? 1_000 : 1);
    into.end = from + digits + (mark === 46 ? 1 + digitsAt(bytes, from + digits + 1, to) : 0);
    return true;
  }
  if (digits === 2 && mark === 58) return readClock(bytes, from, to, into, Number.NaN);
  if ((digits !== 4 && digits !== 2) || (mark !== 45 && mark !== 47)) return false;
  const month = from + digits + 1;
  if (digitsAt(bytes, month, to) !== 2) return false;
  let end = month + 2;
  const year = digits === 4 ? number(bytes, from, 4) : Number.NaN;
  let day = Number.NaN;
  if (bytes[end] === mark && digitsAt(bytes, end + 1, to) >= 2) {
    day = dayOf(year, number(bytes, month, 2), number(bytes, end + 1, 2));
    end += 1 + digitsAt(bytes, end + 1, to);
  } else if (digits === 4) return false;
  if (bytes[end] === 84 || bytes[end] === 32 || bytes[end] === 58) {
    if (readClock(bytes, end + 1, to, into, day)) return true;
  }
  into.at = day;
  into.end = end;
  return digits === 4;
}

function readClock(bytes: Uint8Array, from: number, to: number, into: ReadTime, day: number): boolean {
  if (from + 8 > to || bytes[from + 2] !== 58 || bytes[from + 5] !== 58) return false;
  const seconds =
    number(bytes, from, 2) * 3600 + number(bytes, from + 3, 2) * 60 + number(bytes, from + 6, 2);
  let [end, ms] = [from + 8, 0];
  if (bytes[end] === 46 || bytes[end] === 44) {
    const digits = digitsAt(bytes, end + 1, to);
    if (digits > 0) ms = number(bytes, end + 1, Math.min(3, digits)) * 10 ** Math.max(0, 3 - digits);
    end += 1 + digits;
  }
  let zone = 0;
  if (
    bytes[end] === 32 &&
    (bytes[end + 1] === 43 || bytes[end + 1] === 45) &&
    digitsAt(bytes, end + 2, to) === 4
  )
    end++;
  if (bytes[end] === 90) end++;
  else if ((bytes[end] === 43 || bytes[end] === 45) && digitsAt(bytes, end + 1, to) >= 2) {
    const minutes = end + (bytes[end + 3] === 58 ? 4 : 3);
    zone = (number(bytes, end + 1, 2) * 60 + number(bytes, minutes, 2)) * (bytes[end] === 43 ? 1 : -1);
    end = minutes + 2;
  }
  into.at = day + seconds * 1_000 + ms - zone * 60_000;
  into.end = Math.min(end, to);
  return true;
}

function dayOf(year: number, month: number, day: number): number {
  const date = year * 10_000 + month * 100 + day;
  if (date !== knownDate)
    [knownDate, knownDay] = [date, Math.floor(Date.UTC(year, month - 1, day) / DAY) * DAY];
  return knownDay;
}

function digitsAt(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && (bytes[end] ?? 0) >= 48 && (bytes[end] ?? 0) <= 57) end++;
  return end - from;
}

function number(bytes: Uint8Array, from: number, digits: number): number {
  let value = 0;
  for (let index = from; index < from + digits; index++) value = value * 10 + (bytes[index] ?? 48) - 48;
  return value;
}
