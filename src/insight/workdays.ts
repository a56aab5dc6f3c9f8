import type { Holiday, Workdays } from '../model/catalog.ts';
import type { LocalTime } from '../model/time-zone.ts';

/** Whether there are working hours on that day. */
export function isWorkday(workdays: Workdays, day: Pick<LocalTime, 'date' | 'weekday'>): boolean {
  if (workdays.workedOn.includes(day.date)) return true;
  return workdays.weekdays.includes(day.weekday) && holidayOn(workdays, day.date) === null;
}

/** The holiday that falls on that date; null: none, or it is worked on all the same. */
export function holidayOn({ holidays, workedOn }: Workdays, date: string): Holiday | null {
  if (workedOn.includes(date)) return null;
  // Dates of this form sort as they follow each other.
  return holidays.find(({ from, to }) => from <= date && date <= to) ?? null;
}
