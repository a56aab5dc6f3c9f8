import { type Instant, SECOND } from '../../model/instant.ts';
import { clock, count, timeOfDay } from '../../text/time.ts';
import { SCALE_COLUMNS, type ShapeMark } from '../log-shape.ts';
import {
  bucketOf,
  chosenSpan,
  type LogCounts,
  type ShapeView,
  summed,
  tickSize,
  total,
  weights,
} from '../stores/log-shape.ts';
import type { Tone } from '../theme.ts';
import { cell, type Line, type Span, toWidth } from '../widgets/line.ts';
import { bar } from './log-shape-bar.ts';

export interface ShapeRows {
  readonly counts: LogCounts;
  /** Nothing is known of what was before. */
  readonly knownFrom: Instant;
  readonly view: ShapeView;
  readonly marks: readonly ShapeMark[];
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

/** Rows that are no bars: what the cursor is on, the axis, the cursor, times, and what the signs mean. */
const OTHER_ROWS = 5;
const MOST_BARS = 12;
const LEAST_TICK_COLUMNS = 12;

const MARKS: Readonly<Record<ShapeMark['kind'], Span>> = {
  deploy: { text: 'D', tone: 'accent', bold: true },
  rollback: { text: 'R', tone: 'good', bold: true },
  incident: { text: '!', tone: 'alarm', bold: true },
};

/** Lines over time, stacked by level, the newest at the right edge. */
export function shapeLines(rows: ShapeRows): Line[] {
  const { counts, width, height } = rows;
  const barRows = Math.max(1, Math.min(MOST_BARS, height - OTHER_ROWS));
  const highest = niceTop(Math.max(1, ...counts.buckets.map((bucket) => total(weights(bucket)))));
  const lead = Math.max(0, width - SCALE_COLUMNS - counts.buckets.length);
  const cursor = bucketOf(counts, rows.view.at);
  const bars = counts.buckets.map((bucket) => bar(weights(bucket), highest, barRows));
  const chart = Array.from({ length: barRows }, (_, index): Line => {
    const row = barRows - 1 - index;
    const cells = bars.map((column, bucket): Span => {
      const drawn = column[row];
      if (drawn !== undefined) return drawn;
      const known = counts.from + (bucket + 1) * counts.bucketMs > rows.knownFrom;
      if (row === 0 && !known) return { text: '·', tone: 'muted' };
      return bucket === cursor && rows.focused ? { text: '┊', tone: 'accent' } : { text: ' ' };
    });
    return [...scale(row, barRows, highest), { text: ' '.repeat(lead) }, ...joined(cells)];
  });
  const all: readonly Line[] = [
    heading(rows),
    ...chart,
    [{ text: `${' '.repeat(SCALE_COLUMNS - 1)}└`, tone: 'border' }, ...axis(rows, lead)],
    [{ text: ' '.repeat(SCALE_COLUMNS + lead) }, ...pointer(rows)],
    [{ text: times(rows, lead), tone: 'muted' }],
    legend(rows),
  ];
  return all.slice(0, height).map((line) => toWidth(line, width));
}

/** The smallest of 5, 10, 15, 20, 30, 50, 100… that holds it. */
export function niceTop(highest: number): number {
  for (let unit = 1; ; unit *= 10) {
    const top = [5, 10, 15, 20, 30].find((each) => each * unit >= highest);
    if (top !== undefined) return top * unit;
  }
}

function scale(row: number, rows: number, highest: number): Line {
  const named = row === rows - 1 ? String(highest) : '';
  return [{ text: `${cell(named, SCALE_COLUMNS - 2, 'right')} ${named === '' ? '│' : '┤'}`, tone: 'border' }];
}

/** The time under the cursor, or the span that was begun, with its counts written out. */
function heading({ counts, view }: ShapeRows): Line {
  const span = chosenSpan(counts, view);
  const { errors, warnings, others } = summed(counts, span);
  return [
    { text: ` ${timeOfDay(span.from)}–${timeOfDay(span.to)}  ` },
    { text: count(errors, 'error'), ...(errors > 0 && { tone: 'bad' as const }) },
    { text: ' · ', tone: 'muted' },
    { text: count(warnings, 'warning'), ...(warnings > 0 && { tone: 'warn' as const }) },
    { text: ` · ${count(others, 'other line')}`, tone: 'muted' },
  ];
}

function axis({ counts, marks }: ShapeRows, lead: number): Line {
  const cells: Span[] = counts.buckets.map(() => ({ text: '─', tone: 'border' }));
  for (const mark of marks) {
    const index = Math.floor((mark.at - counts.from) / counts.bucketMs);
    if (index >= 0 && index < cells.length) cells[index] = MARKS[mark.kind];
  }
  return [{ text: '─'.repeat(lead), tone: 'border' }, ...joined(cells)];
}

/** Where the cursor is, and what the span covers. */
function pointer({ counts, view, focused }: ShapeRows): Line {
  if (!focused) return [];
  const cursor = bucketOf(counts, view.at);
  const begun = view.from === null ? cursor : bucketOf(counts, view.from);
  const first = Math.min(cursor, begun);
  const span = [...'━'.repeat(Math.abs(cursor - begun) + 1)];
  span[cursor - first] = '▲';
  return [{ text: ' '.repeat(first) }, { text: span.join(''), tone: 'accent' }];
}

function times({ counts, width }: ShapeRows, lead: number): string {
  const { from, bucketMs, buckets } = counts;
  const step = tickSize(LEAST_TICK_COLUMNS * bucketMs);
  const say = step % (60 * SECOND) === 0 ? clock : timeOfDay;
  let row = '';
  for (let at = Math.ceil(from / step) * step; at < from + buckets.length * bucketMs; at += step) {
    const column = SCALE_COLUMNS + lead + Math.floor((at - from) / bucketMs);
    const text = say(at);
    if (column + text.length <= width) row = `${row.padEnd(column)}${text}`;
  }
  return row;
}

const KEY: readonly (readonly [sign: string, name: string, tone: Tone])[] = [
  ['█', 'errors', 'bad'],
  ['▓', 'warnings', 'warn'],
  ['░', 'others', 'muted'],
];
const MOST_NAMED = 4;

function legend({ counts, marks }: ShapeRows): Line {
  const to = counts.from + counts.buckets.length * counts.bucketMs;
  const shown = marks.filter(({ at }) => at >= counts.from && at < to).slice(-MOST_NAMED);
  return [
    { text: ' ' },
    ...KEY.flatMap(
      ([sign, name, tone]): Line => [
        { text: sign, tone },
        { text: ` ${name}  `, tone: 'muted' },
      ],
    ),
    ...shown.flatMap(
      ({ kind, name, at }): Line => [MARKS[kind], { text: ` ${name} ${clock(at)}  `, tone: 'muted' }],
    ),
  ];
}

/** Neighbours of one look in one span. */
function joined(cells: readonly Span[]): Line {
  const spans: Span[] = [];
  for (const each of cells) {
    const last = spans.at(-1);
    if (last !== undefined && last.tone === each.tone && last.bold === each.bold) {
      spans[spans.length - 1] = { ...last, text: last.text + each.text };
    } else spans.push(each);
  }
  return spans;
}
