import { teamsNow } from '../../insight/on-call-teams.ts';
import { systemNow } from '../../model/reading.ts';
import { readingPhrase } from '../../text/reading.ts';
import { emptyLevels, whoCells } from '../../text/who.ts';
import { width as columns } from '../../text/width.ts';
import type { Cockpit } from '../cockpit.ts';
import { meAs } from '../stores/who.ts';
import { cell, type Line, type Span, wrap } from '../widgets/line.ts';
import type { DialogContent } from './box.ts';

/** Who is on call now for the tribe and every squad, until when, and who is paged next. */
export function whoContent(cockpit: Cockpit, scroll: number, width: number): DialogContent {
  const { catalog, watch } = cockpit;
  const reading = watch.onCall().get();
  const now = cockpit.now.get();
  const phrase = readingPhrase(reading, now).text;
  const title = 'Who is on call';
  if (reading.value === null) {
    const text = reading.error === null ? 'reading…' : `not known: pagerduty ${phrase}`;
    return {
      title,
      body: wrap(text, width - 4).map((row): Line => [{ text: row, tone: 'warn' }]),
      foot: [],
      scroll,
    };
  }
  const at = systemNow(reading, now);
  const { duty, squads } = teamsNow(catalog, reading.value, at);
  const timeZone = duty?.role.timeZone ?? 'UTC';
  const isMe = meAs(watch.me().get(), cockpit.settings.email);
  const rows = [...(duty === null ? [] : [duty.team]), ...squads].map((team) =>
    whoCells(team, { now: at, timeZone, isMe }),
  );
  const widest = (index: number) =>
    rows.reduce((max, cells) => Math.max(max, columns(cells[index]?.text ?? '')), 0);
  const widths = [widest(0), widest(1), Math.max(0, width - 4 - widest(0) - widest(1) - 4)];
  const told = (text: string, tone: 'warn' | 'muted'): Line[] =>
    wrap(text, width - 4).map((row): Line => [{ text: row, tone }]);
  const empty = emptyLevels(squads);
  const holiday = duty?.holiday ?? null;
  const body: Line[] = [
    ...rows.map((cells) =>
      cells.flatMap(({ text, tone }, index): Span[] => [
        {
          text: cell(text, widths[index] ?? 0),
          ...(tone === 'strong' ? { bold: true } : tone === 'bad' || tone === 'muted' ? { tone } : {}),
        },
        { text: '  ' },
      ]),
    ),
    [],
    ...(duty === null ? told('No role has the duty of this hour.', 'warn') : []),
    ...(empty === null ? [] : told(empty, 'warn')),
    ...(holiday === null
      ? []
      : told(`Today is a holiday${holiday.name === null ? '' : `: ${holiday.name}`}.`, 'muted')),
    ...(phrase === '' ? [] : told(`pagerduty ${phrase}`, 'warn')),
    ...told(`Times are those of ${timeZone}.`, 'muted'),
  ];
  return { title, body, foot: [], scroll };
}
