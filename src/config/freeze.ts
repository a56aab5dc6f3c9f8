import type { Freeze, FreezeWindow, WeekTime } from '../model/catalog.ts';
import { isTimeZone } from '../model/time-zone.ts';
import type { Config } from './schema.ts';

type FreezeConfig = Config['freeze'][number];

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Why that is no window of time; null: it is one. */
export function freezeProblem(freeze: FreezeConfig): { key: keyof FreezeConfig; message: string } | null {
  const { from, to, time_zone } = freeze;
  const weekly = isWeekly(from);
  if (weekly !== isWeekly(to))
    return { key: 'to', message: 'from and to are both dates, or both of a week.' };
  if (!isTimeZone(time_zone)) return { key: 'time_zone', message: 'there is no such time zone.' };
  if (weekly) return from === to ? { key: 'to', message: 'it ends when it begins.' } : null;
  if (Number.isNaN(Date.parse(from))) return { key: 'from', message: 'there is no such date.' };
  if (Number.isNaN(Date.parse(to))) return { key: 'to', message: 'there is no such date.' };
  return Date.parse(from) < Date.parse(to) ? null : { key: 'to', message: 'it ends before it begins.' };
}

/** Only for what has no problem. */
export function toFreeze(freeze: FreezeConfig): Freeze {
  const { environments, services, reason } = freeze;
  return {
    window: toWindow(freeze),
    environments: environments ?? null,
    services: services ?? null,
    reason,
  };
}

function toWindow({ from, to, time_zone }: FreezeConfig): FreezeWindow {
  return isWeekly(from)
    ? { kind: 'weekly', from: weekTime(from), to: weekTime(to), timeZone: time_zone }
    : { kind: 'once', from: Date.parse(from), to: Date.parse(to) };
}

function isWeekly(time: string): boolean {
  return WEEKDAYS.includes(time.slice(0, 3));
}

function weekTime(text: string): WeekTime {
  const [weekday = '', clock = ''] = text.split(' ');
  const [hours, minutes] = clock.split(':').map(Number);
  return { weekday: WEEKDAYS.indexOf(weekday) + 1, minutes: (hours ?? 0) * 60 + (minutes ?? 0) };
}
