import type { Pattern, PatternEngine } from '../insight/patterns/engine.ts';
import { DAY, type Instant, rfc3339 } from '../model/instant.ts';
import type { LogLevel } from '../model/log-line.ts';
import type { SafeText } from '../model/safe-text.ts';
import type { Paint, Tone } from '../text/paint.ts';
import { sparkline } from '../text/sparkline.ts';
import { tableLines } from '../text/table.ts';
import { truncate } from '../text/width.ts';

const NUMBERS_A_PART = 8_192;
const BARS = 10;

/** The document of `logs - --patterns --json` in parts: the numbers of millions of lines are never one string. */
export function* patternsJson(
  patterns: readonly Pattern[],
  { lines, dropped }: Pick<PatternEngine, 'lines' | 'dropped'>,
  now: Instant,
): Generator<string, void, void> {
  const head = { schema: 1, at: rfc3339(now), lines_read: lines, lines_dropped: dropped };
  yield `${JSON.stringify(head).slice(0, -1)},"patterns":[`;
  let between = '';
  const trend = trendsOf(patterns);
  for (const pattern of patterns) {
    const numbers = pattern.lines();
    const { id, template, count, levels, versions, instances } = pattern;
    const [first_at, last_at] = [time(pattern.firstAt), time(pattern.lastAt)];
    const lines_left_out = count - numbers.length;
    const about = {
      id,
      template,
      count,
      first_at,
      last_at,
      new: false,
      versions,
      instances,
      levels,
      trend: trend(pattern),
      lines_left_out,
    };
    yield `${between}${JSON.stringify(about).slice(0, -1)},"lines":[`;
    for (let from = 0; from < numbers.length; from += NUMBERS_A_PART) {
      yield (from > 0 ? ',' : '') + numbers.subarray(from, from + NUMBERS_A_PART).join(',');
    }
    yield ']}';
    between = ',';
  }
  yield ']}\n';
}

/** Of each pattern so many counts over the time of all of them, oldest first; empty: no time is told, or but one. */
export function trendsOf(patterns: readonly Pattern[]): (pattern: Pattern) => readonly number[] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { firstAt, lastAt } of patterns) {
    from = Math.min(from, firstAt ?? from);
    to = Math.max(to, lastAt ?? to);
  }
  return (pattern) => (from < to ? pattern.trend(from, to, BARS) : []);
}

const TONES: Readonly<Record<string, Tone>> = { fatal: 'bad', error: 'bad', warn: 'warn', debug: 'muted' };
/** Below so many columns there is no room for times beside the templates. */
const ROOM_FOR_TIMES = 110;

/** One line of the table. */
export interface PatternRow {
  /** `NEW`, `×5`; empty: nothing to say. */
  readonly mark: string;
  readonly count: number;
  /** Counts over time, oldest first; empty: the lines tell no time. */
  readonly trend: readonly number[];
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  readonly level: LogLevel;
  readonly template: SafeText;
  /** On a line of its own beneath. */
  readonly note: string;
}

/** Mark, count, trend, first and last seen, worst level, template; as wide as the terminal, or as it wants (0). */
export function patternLines(rows: readonly PatternRow[], room: number, paint: Paint): readonly string[] {
  const stamp = stampOf(rows, room);
  const times = room === 0 || room >= ROOM_FOR_TIMES;
  const cells = rows.map(({ mark, count, trend, firstAt, lastAt, level, template }) => [
    { text: mark, tone: mark === 'NEW' ? ('bad' as const) : ('warn' as const) },
    { text: String(count) },
    { text: trend.length > 0 ? sparkline(trend) : '', tone: 'accent' as const },
    { text: times ? stamp(firstAt) : '', tone: 'muted' as const },
    { text: times ? stamp(lastAt) : '', tone: 'muted' as const },
    { text: level === 'unknown' ? '' : level.toUpperCase(), tone: TONES[level] ?? null },
    { text: template },
  ]);
  const columns = [{}, { align: 'right' as const }, {}, {}, {}, {}, { gives: true }];
  const lines = tableLines(columns, cells, room, paint);
  return lines.flatMap((line, index) => {
    const note = rows[index]?.note ?? '';
    return note === ''
      ? [line]
      : [line, paint('muted', `     ${room === 0 ? note : truncate(note, room - 5)}`)];
  });
}

/** Whole in a pipe; on a terminal the time of day, and the date too where the rows are of several days. */
function stampOf(rows: readonly PatternRow[], room: number): (at: Instant | null) => string {
  if (room === 0) return (at) => time(at) ?? '';
  const days = new Set(rows.flatMap(({ firstAt, lastAt }) => [dayOf(firstAt), dayOf(lastAt)]));
  days.delete(null);
  return (at) => {
    if (at === null) return '';
    const whole = rfc3339(at);
    return days.size > 1 ? whole.slice(5, 16).replace('T', ' ') : whole.slice(11, 19);
  };
}

function dayOf(at: Instant | null): number | null {
  return at === null ? null : Math.floor(at / DAY);
}

function time(at: Instant | null): string | null {
  return at === null ? null : rfc3339(at);
}
