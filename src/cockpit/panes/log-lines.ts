import type { LogLevel, LogLine } from '../../model/log-line.ts';
import { sparkline } from '../../text/sparkline.ts';
import { timeOfDay } from '../../text/time.ts';
import type { Anchor } from '../stores/anchor.ts';
import { isErrorLevel } from '../stores/log-level.ts';
import { cell, chosen, inRow, type Line, type Span, toWidth, wrap } from '../widgets/line.ts';
import { shortInstance } from './fleet-lines.ts';
import { LEVELS } from './log-levels.ts';

export interface LogRows {
  /** Those that the filter lets through, oldest first. */
  readonly lines: readonly LogLine[];
  /** null: follow the newest. */
  readonly anchor: Anchor | null;
  readonly wrap: boolean;
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

/** The rows of the window: the newest at the bottom, or the anchored line on its row. Only what is drawn is built. */
export function logLines(rows: LogRows): Line[] {
  const { lines, anchor, height } = rows;
  const at = anchor === null ? -1 : lines.findIndex(({ id }) => id === anchor.key);
  if (anchor === null || lines.length === 0) return upwards(rows, lines.length - 1, height);
  // The anchored line has left the buffer: the oldest one is the nearest.
  const index = Math.max(0, at);
  const above = upwards(rows, index - 1, Math.min(anchor.row, height - 1));
  const below: Line[] = [];
  for (let next = index; next < lines.length && above.length + below.length < height; next++) {
    below.push(...render(rows, lines[next], next === index));
  }
  return [...above, ...below].slice(0, height);
}

function upwards(rows: LogRows, from: number, height: number): Line[] {
  let window: Line[] = [];
  for (let index = from; index >= 0 && window.length < height; index--) {
    window = [...render(rows, rows.lines[index], false), ...window];
  }
  return height <= 0 ? [] : window.slice(-height);
}

/** Columns of time, instance and level; `late ` comes after them. */
const HEAD = 23;
const LATE = 'late ';
/** What SafeText makes of a newline. */
const NEWLINE = '␤';

function render(rows: LogRows, line: LogLine | undefined, cursor: boolean): Line[] {
  if (line === undefined) return [];
  const level = LEVELS[line.level];
  const head: Line = [
    { text: `${timeOfDay(line.at)} `, tone: 'muted' },
    { text: `${cell(shortInstance(line.instance ?? ''), 7)} `, tone: 'muted' },
    { text: `${cell(level.name, 5)} `, ...(level.tone && { tone: level.tone }) },
    ...(line.late ? [{ text: LATE, tone: 'warn' as const }] : []),
  ];
  const margin = HEAD + (line.late ? LATE.length : 0);
  const bodies = rows.wrap ? wholeMessage(line, rows.width - margin) : [inOneRow(line)];
  return bodies.map((body, index) => {
    const row: Line = [...(index === 0 ? head : [{ text: ' '.repeat(margin) }]), ...body];
    return cursor && rows.focused ? chosen(row, rows.width) : toWidth(row, rows.width);
  });
}

/** The first line of the message is what it says; the others (a stack trace) follow it, quieter. */
function inOneRow({ message, level }: LogLine): Line {
  const [first = '', ...others] = message.split(NEWLINE);
  const rest = others.map((text) => ` ↵ ${text.trim()}`).join('');
  return [messageSpan(inRow(first), level), ...(rest === '' ? [] : [{ text: rest, tone: 'muted' as const }])];
}

function wholeMessage({ message, level }: LogLine, width: number): Line[] {
  return wrap(message.replaceAll(NEWLINE, '\n'), Math.max(10, width)).map((text) => [
    messageSpan(text, level),
  ]);
}

function messageSpan(text: string, level: LogLevel): Span {
  const tone = LEVELS[level].message;
  return tone === undefined ? { text } : { text, tone };
}

/** A bucket with fewer errors than this is never drawn as a full one. */
const FEW = 8;

export interface ErrorsOverTime {
  readonly total: number;
  /** How far back they were counted, in milliseconds: not before the oldest line that is known. */
  readonly spanMs: number;
  /** Eight heights, one character a bucket that is known, and a dot for each before. */
  readonly bars: string;
}

/** Errors in the last spans of `bucketMs` up to `end`: at most `most` of them, and none that begins before all lines. */
export function errorsOverTime(
  lines: readonly LogLine[],
  end: number,
  bucketMs: number,
  most: number,
): ErrorsOverTime {
  const oldest = lines.reduce((at, line) => Math.min(at, line.at), end);
  const buckets = Math.max(1, Math.min(most, Math.ceil((end - oldest) / bucketMs)));
  const counts = new Array<number>(buckets).fill(0);
  for (const line of lines) {
    const bucket = buckets - 1 - Math.floor((end - line.at) / bucketMs);
    if (isErrorLevel(line.level) && bucket >= 0 && bucket < buckets)
      counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  const total = counts.reduce((sum, each) => sum + each, 0);
  const highest = Math.max(FEW, ...counts);
  const bars = sparkline(counts, highest);
  return { total, spanMs: buckets * bucketMs, bars: `${'·'.repeat(most - buckets)}${bars}` };
}
