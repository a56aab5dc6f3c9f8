import * as z from 'zod';
import type { Workdays } from '../model/catalog.ts';
import { isTimeZone } from '../model/time-zone.ts';
import type { Problem } from './problem.ts';

export const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** A day of the calendar that there is: `2026-02-30` is refused. */
export const isoDate = z.iso.date({ error: 'write a date that there is, as 2026-12-25' });

export const holidaySchema = z.strictObject({
  date: isoDate.describe('The day, or the first of several: 2026-12-25.'),
  to: isoDate.optional().describe('The last of several in a row. Default: it is one day.'),
  name: z.string().min(1).optional().describe('Shown beside who has the duty.'),
});

interface Calendar {
  readonly holidays: readonly z.output<typeof holidaySchema>[];
  readonly working_days: readonly string[];
}

interface Hours {
  readonly days: readonly (typeof weekdayNames)[number][];
  readonly time_zone: string;
}

export function toWorkdays({ days }: Hours, { holidays, working_days }: Calendar): Workdays {
  return {
    weekdays: days.map((day) => weekdayNames.indexOf(day) + 1),
    holidays: holidays.map(({ date, to, name }) => ({ from: date, to: to ?? date, name: name ?? null })),
    workedOn: working_days,
  };
}

/** Time zones that are not known, and holidays that end before they begin. */
export function workdayProblems(
  roles: Readonly<Record<string, Hours>>,
  { holidays }: Calendar,
): readonly Problem[] {
  const unknown = Object.entries(roles).flatMap(([name, { time_zone }]): Problem[] => {
    if (isTimeZone(time_zone)) return [];
    const message = 'there is no such time zone. Write one as Europe/London.';
    return [{ path: ['roles', name, 'time_zone'], atKey: false, message }];
  });
  const turned = holidays.flatMap(({ date, to }, index): Problem[] =>
    to === undefined || date <= to
      ? []
      : [{ path: ['holidays', index, 'to'], atKey: false, message: 'it ends before it begins.' }],
  );
  return [...unknown, ...turned];
}
