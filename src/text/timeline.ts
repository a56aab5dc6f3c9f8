import { type Instant, rfc3339 } from '../model/instant.ts';
import type { Paint, Tone } from './paint.ts';
import { type Column, tableLines } from './table.ts';
import { clock, dayAndClock, duration, timeOfDay } from './time.ts';

/** One thing that happened. */
export interface TimelineLine {
  readonly at: Instant;
  readonly kind: string;
  readonly who: string | null;
  readonly text: string;
  readonly source: string;
  readonly url: string | null;
}

/** What a timeline is about. */
export interface TimelineHead {
  readonly incident: string;
  /** null: PagerDuty does not tell. */
  readonly title: string | null;
  readonly service: string | null;
  readonly status: string | null;
  readonly url: string | null;
}

/** When, what kind, what, who, told by whom. */
const COLUMNS: readonly Column[] = [{}, {}, { gives: true }, {}, {}];

const TONES: Readonly<Record<string, Tone>> = {
  trigger: 'bad',
  log_onset: 'bad',
  deploy_start: 'accent',
  deploy_end: 'accent',
  rollback_start: 'accent',
  rollback_end: 'accent',
  rollback_confirmed: 'good',
  resolve: 'good',
};

/** A line for each event, times of day in UTC; where another day begins, its date. */
export function timelineLines(
  events: readonly TimelineLine[],
  columns: number,
  paint: Paint,
): readonly string[] {
  const rows = events.map(({ at, kind, who, text, source }) => [
    { text: timeOfDay(at), tone: 'muted' as const },
    { text: kind.replaceAll('_', ' '), tone: TONES[kind] ?? null },
    { text },
    { text: who ?? '' },
    { text: source, tone: 'muted' as const },
  ]);
  const lines = tableLines(COLUMNS, rows, columns, paint);
  return events.flatMap(({ at }, index) => {
    const before = events[index - 1];
    const line = lines[index] ?? '';
    return before === undefined || date(before.at) !== date(at) ? [paint('strong', date(at)), line] : [line];
  });
}

/** The beginning of a post-mortem, as Markdown: what, how long, the timeline, and what is left to be written. */
export function timelineMarkdown(head: TimelineHead, events: readonly TimelineLine[]): string {
  const name = [head.service, head.title].filter((part) => part !== null).join(': ') || head.incident;
  const trigger = events.find(({ kind }) => kind === 'trigger')?.at;
  const end = head.status === 'resolved' ? events.findLast(({ kind }) => kind === 'resolve')?.at : undefined;
  const ack = events.find(({ kind }) => kind === 'ack')?.at;
  const id = head.url === null ? escaped(head.incident) : `[${escaped(head.incident)}](<${head.url}>)`;
  const facts = [
    `- **Incident**: ${id}${head.status === null ? '' : ` (${escaped(head.status)})`}`,
    ...(head.service === null ? [] : [`- **Service**: ${escaped(head.service)}`]),
    ...(trigger === undefined ? [] : [`- **Triggered**: ${dayAndClock(trigger)}`]),
    ...(trigger === undefined || ack === undefined
      ? []
      : [`- **Acknowledged**: ${clock(ack)} UTC, after ${duration(ack - trigger)}`]),
    ...(trigger === undefined || end === undefined
      ? []
      : [`- **Resolved**: ${dayAndClock(end)}, after ${duration(end - trigger)}`]),
  ];
  const rows = events.map((event) =>
    row([
      rfc3339(event.at).replace('T', ' ').replace('Z', ''),
      event.kind.replaceAll('_', ' '),
      event.url === null ? escaped(event.text) : `${escaped(event.text)} ([link](<${event.url}>))`,
      escaped(event.who ?? ''),
      event.source,
    ]),
  );
  return `${[
    `# ${escaped(name)}`,
    '',
    ...facts,
    '',
    '## Timeline',
    'All times are UTC.',
    '',
    row(['when', 'what', 'text', 'who', 'source']),
    row(['---', '---', '---', '---', '---']),
    ...rows,
    '',
    '## Impact',
    '',
    '## Cause',
    '',
    '## What went well, what did not',
    '',
    '## What we change',
  ].join('\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text from outside stays text: no table cell, link, image or HTML is made of it. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|#!~]/g, String.raw`\$&`)
    .replaceAll('\n', ' ');
}

function date(at: Instant): string {
  return rfc3339(at).slice(0, 10);
}
