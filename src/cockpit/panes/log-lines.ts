import type { LogLevel, LogLine } from '../../model/log-line.ts';
import { timeOfDay } from '../../text/time.ts';
import type { Anchor } from '../stores/anchor.ts';
import { isErrorLevel } from '../stores/log-level.ts';
import type { Tone } from '../theme.ts';
import { cell, chosen, inRow, type Line, toWidth, wrap } from '../widgets/line.ts';
import { shortInstance } from './fleet-lines.ts';

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

const LEVELS: Readonly<Record<LogLevel, { readonly name: string; readonly tone?: Tone }>> = {
  fatal: { name: 'FATAL', tone: 'alarm' },
  error: { name: 'ERROR', tone: 'bad' },
  warn: { name: 'WARN', tone: 'warn' },
  info: { name: 'INFO', tone: 'muted' },
  debug: { name: 'DEBUG', tone: 'muted' },
  unknown: { name: '', tone: 'muted' },
};

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

function render(rows: LogRows, line: LogLine | undefined, cursor: boolean): Line[] {
  if (line === undefined) return [];
  const level = LEVELS[line.level];
  const head: Line = [
    { text: `${timeOfDay(line.at)} `, tone: 'muted' },
    { text: `${cell(shortInstance(line.instance ?? ''), 7)} `, tone: 'muted' },
    { text: `${cell(level.name, 5)} `, ...(level.tone && { tone: level.tone }) },
    ...(line.late ? [{ text: 'late ', tone: 'warn' as const }] : []),
  ];
  const dim = line.level === 'debug' || line.level === 'info';
  const texts = rows.wrap ? wrapped(line.message, rows.width, line.late) : [inRow(line.message)];
  const margin = ' '.repeat(line.late ? 28 : 23);
  return texts.map((text, index) => {
    const body: Line = [
      ...(index === 0 ? head : [{ text: margin }]),
      { text, ...(dim && { tone: 'muted' as const }) },
    ];
    return cursor && rows.focused ? chosen(body, rows.width) : toWidth(body, rows.width);
  });
}

/** Newlines of a message are kept as a glyph; here they are lines again. */
function wrapped(message: string, width: number, late: boolean): string[] {
  return wrap(message.replaceAll('␤', '\n'), Math.max(10, width - (late ? 28 : 23)));
}

/** A bucket with fewer errors than this is never drawn as a full one. */
const FEW = 8;

export interface ErrorsOverTime {
  readonly total: number;
  /** Eight heights, one character a bucket; empty without errors. */
  readonly bars: string;
}

/** Errors in the last `buckets` spans of `spanMs` up to `end`. */
export function errorsOverTime(
  lines: readonly LogLine[],
  end: number,
  spanMs: number,
  buckets: number,
): ErrorsOverTime {
  const counts = new Array<number>(buckets).fill(0);
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    if (line === undefined) break;
    const bucket = buckets - 1 - Math.floor((end - line.at) / spanMs);
    if (bucket < -1) break;
    if (isErrorLevel(line.level) && bucket >= 0 && bucket < buckets)
      counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  const total = counts.reduce((sum, each) => sum + each, 0);
  if (total === 0) return { total, bars: '' };
  const most = Math.max(FEW, ...counts);
  const bars = counts.map((each) => HEIGHTS[Math.ceil((each / most) * (HEIGHTS.length - 1))]).join('');
  return { total, bars };
}

const HEIGHTS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
