import type { Instant } from '../../model/instant.ts';
import type { LogLevel, LogLine } from '../../model/log-line.ts';
import { duration, timeOfDay } from '../../text/time.ts';
import { cell, chosen, inRow, type Line, type Span, toWidth, wrap } from '../widgets/line.ts';
import { shortInstance } from './fleet-lines.ts';
import { LEVELS } from './log-levels.ts';
import type { ServiceColumn } from './service-column.ts';

/** Which parts of a text stand out: from and to, ascending. */
export type Highlight = (text: string) => readonly (readonly [from: number, to: number])[];

/** How each line is shown. */
export interface LogRowForm {
  readonly wrap: boolean;
  /** Times as ages before this one; null: as they are. */
  readonly before: Instant | null;
  readonly highlight: Highlight | null;
  /** Ids of the lines that show all that they say. */
  readonly unfolded: ReadonlySet<string>;
  readonly selected: ReadonlySet<string>;
  /** null: all lines are of one service. */
  readonly services: ServiceColumn | null;
  readonly width: number;
  readonly focused: boolean;
}

/** Columns of time, instance and level; the service stands before the instance, `late ` after the level. */
const HEAD = 23;
const LATE = 'late ';
/** What SafeText makes of a newline. */
const NEWLINE = '␤';

/** One row; the whole message where lines are wrapped; and all its fields where it is unfolded. */
export function logRow(form: LogRowForm, line: LogLine, cursor: boolean): Line[] {
  const level = LEVELS[line.level];
  const head: Line = [
    { text: `${timeCell(form, line)} `, tone: 'muted' },
    ...(form.services === null ? [] : [form.services.span(line.service)]),
    { text: `${cell(shortInstance(line.instance ?? ''), 7)} `, tone: 'muted' },
    { text: `${cell(level.name, 5)} `, ...(level.tone && { tone: level.tone }) },
    ...(line.late ? [{ text: LATE, tone: 'warn' as const }] : []),
  ];
  const margin = HEAD + (form.services?.columns ?? 0) + (line.late ? LATE.length : 0);
  const open = form.unfolded.has(line.id);
  const room = Math.max(10, form.width - margin);
  const bodies = open || form.wrap ? wholeMessage(line, room) : [inOneRow(line)];
  const rows = [
    ...bodies.map((body, index): Line => {
      const marked = form.highlight === null ? body : body.flatMap((span) => highlighted(span, form));
      return [...(index === 0 ? head : [{ text: ' '.repeat(margin) }]), ...marked];
    }),
    ...(open ? fieldRows(line, margin, room) : []),
  ];
  const here = cursor && form.focused;
  return rows.map((row) => {
    if (here || form.selected.has(line.id)) return chosen(row, form.width);
    return toWidth(row, form.width);
  });
}

function timeCell({ before }: LogRowForm, { at }: LogLine): string {
  return before === null ? timeOfDay(at) : cell(`-${duration(before - at)}`, 8, 'right');
}

/** The first line of the message is what it says; the others (a stack trace) and its fields follow it, quieter. */
function inOneRow(line: LogLine): Line {
  const [first = '', ...others] = line.message.split(NEWLINE);
  const rest = others.map((text) => ` ↵ ${text.trim()}`);
  const fields = ownFields(line).map(([name, value]) => `  ${name}=${value.split(NEWLINE, 1)[0]}`);
  const quiet = inRow([...rest, ...fields].join(''));
  return [
    messageSpan(inRow(first), line.level),
    ...(quiet === '' ? [] : [{ text: quiet, tone: 'muted' as const }]),
  ];
}

function wholeMessage({ message, level }: LogLine, room: number): Line[] {
  return wrap(message.replaceAll(NEWLINE, '\n'), room).map((text) => [messageSpan(text, level)]);
}

/** One field below the other; those of several lines (a stack) keep them. */
function fieldRows(line: LogLine, margin: number, room: number): Line[] {
  return Object.entries(line.fields).flatMap(([name, value]) =>
    value.split(NEWLINE).flatMap((part, index) => {
      const label = index === 0 ? `${name}: ` : '  ';
      return wrap(`${label}${part}`, room).map((text): Line => {
        return [{ text: ' '.repeat(margin) }, { text, tone: 'muted' }];
      });
    }),
  );
}

/** What the head tells already, and where the log system keeps it, says nothing in one row. */
const TOLD = new Set(
  'ts time timestamp @timestamp at _time level severity service environment version instance host hostname container index source sourcetype splunk_server stack stacktrace'.split(
    ' ',
  ),
);

function ownFields({ fields }: LogLine): readonly (readonly [string, string])[] {
  return Object.entries(fields).filter(([name]) => !TOLD.has(name));
}

function messageSpan(text: string, level: LogLevel): Span {
  const tone = LEVELS[level].message;
  return tone === undefined ? { text } : { text, tone };
}

function highlighted(span: Span, { highlight }: LogRowForm): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const [start, end] of highlight?.(span.text) ?? []) {
    if (start > from) spans.push({ ...span, text: span.text.slice(from, start) });
    spans.push({ ...span, text: span.text.slice(start, end), inverse: true });
    from = end;
  }
  return from < span.text.length || spans.length === 0
    ? [...spans, { ...span, text: span.text.slice(from) }]
    : spans;
}
