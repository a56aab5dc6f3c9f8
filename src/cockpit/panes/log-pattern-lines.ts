import { type JudgedPattern, type News, worstLevel } from '../../insight/patterns/news.ts';
import type { Failure } from '../../model/failure.ts';
import { type Instant, MINUTE } from '../../model/instant.ts';
import { sparkline } from '../../text/sparkline.ts';
import { clock, count, duration, timeOfDay } from '../../text/time.ts';
import type { Counting } from '../counted-patterns.ts';
import { began } from '../pattern-onset.ts';
import { type Anchor, place } from '../stores/anchor.ts';
import { isHidden, type LogFilter } from '../stores/log-filter.ts';
import { patternRoom, type Since } from '../stores/log-news.ts';
import type { Tone } from '../theme.ts';
import { cell, chosen, type Line, lineColumns, spread, toWidth } from '../widgets/line.ts';
import { LEVELS } from './log-levels.ts';

export interface PatternRows {
  readonly patterns: readonly JudgedPattern[];
  readonly anchor: Anchor | null;
  readonly since: Since | null;
  /** Time that the log before it covers; null: it is not known (yet). */
  readonly beforeMs: number | null;
  /** Why it could not be read. */
  readonly beforeError: Failure | null;
  /** What the log system counts of it; null: the lines that came are all there were. */
  readonly counting: Counting | null;
  /** How many lines are read instead of the live log; null: that is read. */
  readonly held: number | null;
  /** When the incident was told; null: there is none. */
  readonly triggeredAt: Instant | null;
  readonly filters: readonly LogFilter[];
  /** Ids whose places are settled. */
  readonly order: readonly string[];
  readonly now: Instant;
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

/** Narrower than that, the trend gives places to the template. */
const WIDE = 100;
const TREND_BARS = { wide: 12, narrow: 8 };
const BAR_MS = MINUTE / 2;

/** What it is judged against, the patterns, and below them what is known of the one under the cursor. */
export function patternLines(rows: PatternRows): Line[] {
  const { patterns, anchor, width } = rows;
  const height = patternRoom(rows.height);
  const { top, index } = place(
    patterns.map(({ pattern }) => pattern.id),
    anchor,
    height,
  );
  const shown = patterns.slice(top, top + height).map((each, row) => {
    const line = patternRow(rows, each);
    return top + row === index && rows.focused ? chosen(line, width) : toWidth(line, width);
  });
  const filler = Array.from({ length: height - shown.length }, (): Line => toWidth([], width));
  const current = patterns[index];
  const settled = new Set(rows.order);
  const above = patterns.slice(0, top).filter(({ pattern }) => !settled.has(pattern.id)).length;
  const details =
    current === undefined ? [] : [detail(rows, current), [muted(` ${current.pattern.template}`)]];
  return [
    spread(ground(rows), above === 0 ? [] : [{ text: ` ${above} new ↑ `, tone: 'accent' }], width),
    ...shown,
    ...filler,
    ...details.map((line) => toWidth(line, width)),
  ].slice(0, rows.height);
}

/** What the patterns are of, and what is new in them measured by. */
function ground(rows: PatternRows): Line {
  const { held, filters, counting } = rows;
  if (held !== null) return [muted(` of the ${count(held, 'line')} shown here; Esc: back to them`)];
  const rest = [
    ...(filters.some((filter) => !hides(filter)) ? [muted(' · of all lines, filters aside')] : []),
    ...(counting === null ? [] : [counted(counting)]),
  ];
  const [long, short] = measures(rows);
  const whole = [...long, ...rest];
  return lineColumns(whole) <= rows.width ? whole : [...short, ...rest];
}

/** What is new is told by; in a long and a short form. */
function measures({ since, beforeMs, beforeError }: PatternRows): readonly [Line, Line] {
  if (since === null) {
    return [
      [muted(' nothing to call new: no incident, no deploy of the last 24 hours')],
      [muted(' nothing to call new')],
    ];
  }
  const nothing = ' nothing can be called new';
  if (beforeMs === null && beforeError !== null) {
    const { system, message } = beforeError;
    return both({ text: `${nothing}: ${system}: ${message}`, tone: 'warn' });
  }
  if (beforeMs === null) return both(muted(` reading what was said before ${since.name}…`));
  if (beforeMs < MINUTE) {
    const text = `${nothing}: nothing is known of the time before ${since.name}`;
    return [[{ text, tone: 'warn' }], [{ text: nothing, tone: 'warn' }]];
  }
  const landed = since.landedAt === null ? '' : `, ${clock(since.landedAt)}`;
  const short = ` new since ${since.name}`;
  return [[muted(`${short}${landed}; judged by ${duration(beforeMs)} of log before it`)], [muted(short)]];
}

function both(part: Line[number]): readonly [Line, Line] {
  return [[part], [part]];
}

function counted({ text, trouble }: Counting) {
  return trouble ? { text: ` · ${text}`, tone: 'warn' as const } : muted(` · ${text}`);
}

function patternRow({ now, width, filters }: PatternRows, { pattern, news }: JudgedPattern): Line {
  const level = LEVELS[worstLevel(pattern)];
  const steps = width < WIDE ? TREND_BARS.narrow : TREND_BARS.wide;
  const begin = Math.floor(now / BAR_MS) + 1 - steps;
  const bars = Array.from({ length: steps }, (_, index) =>
    pattern.between((begin + index) * BAR_MS, (begin + index + 1) * BAR_MS),
  );
  return [
    isHidden(filters, pattern.template) ? muted(' hidden') : mark(news),
    { text: `${cell(short(pattern.count), 6, 'right')} ` },
    { text: `${sparkline(bars)} `, tone: 'muted' },
    { text: `${cell(level.name, 5)} `, ...(level.tone && { tone: level.tone }) },
    { text: pattern.template, ...(level.message && { tone: level.message }) },
  ];
}

function mark(news: News): { readonly text: string; readonly tone?: Tone; readonly bold?: boolean } {
  if (news.kind === 'new') return { text: ' NEW   ', tone: 'alarm' };
  if (news.kind !== 'more') return { text: '       ' };
  const times = news.times < 100 ? `×${Math.round(news.times)}` : '×99+';
  return { text: ` ${cell(times, 6)}`, tone: 'warn', bold: true };
}

/** When it began, set against the deploy; who says it; when last. */
function detail({ since, triggeredAt }: PatternRows, { pattern, news }: JudgedPattern): Line {
  const parts = [
    began(news, since, triggeredAt),
    [...pattern.versions].sort().join(' '),
    count(pattern.instances.size, 'instance'),
    `last ${timeOfDay(pattern.lastAt)}`,
  ];
  return [muted(` ${parts.filter((part) => part !== '').join(' · ')}`)];
}

function hides(filter: LogFilter): boolean {
  return filter.kind === 'pattern' && filter.hides;
}

function short(number: number): string {
  if (number < 100_000) return String(number);
  return number < 10_000_000 ? `${Math.floor(number / 1_000)}k` : `${Math.floor(number / 1_000_000)}M`;
}

function muted(text: string) {
  return { text, tone: 'muted' as const };
}
