import { type JudgedPattern, type News, worstLevel } from '../../insight/patterns/news.ts';
import type { Instant } from '../../model/instant.ts';
import { MINUTE } from '../../model/instant.ts';
import { sparkline } from '../../text/sparkline.ts';
import { count, duration, timeOfDay } from '../../text/time.ts';
import { type Anchor, place } from '../stores/anchor.ts';
import type { Since } from '../stores/log-news.ts';
import type { Tone } from '../theme.ts';
import { cell, chosen, type Line, toWidth } from '../widgets/line.ts';
import { LEVELS } from './log-levels.ts';

export interface PatternRows {
  readonly patterns: readonly JudgedPattern[];
  readonly anchor: Anchor | null;
  readonly since: Since | null;
  /** Time that the log before it covers; null: it is not known (yet). */
  readonly beforeMs: number | null;
  readonly now: Instant;
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

/** Narrower than that, the trend gives its place to the template. */
const TREND_FROM = 100;
const TREND_BARS = 12;
const BAR_MS = MINUTE / 2;

/** What it is judged against, the patterns, and below them what is known of the one under the cursor. */
export function patternLines(rows: PatternRows): Line[] {
  const { patterns, anchor, width } = rows;
  const height = Math.max(0, rows.height - 2);
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
  return [
    toWidth(ground(rows), width),
    ...shown,
    ...filler,
    toWidth(current === undefined ? [] : detail(rows, current), width),
  ].slice(0, rows.height);
}

function ground({ since, beforeMs }: PatternRows): Line {
  if (since === null) return [muted(' of the lines that were read; no incident, so nothing to call new')];
  if (beforeMs === null) return [muted(` reading what was said before ${since.name}…`)];
  if (beforeMs < MINUTE) {
    const text = ` nothing is known of the time before ${since.name}: nothing can be called new`;
    return [{ text, tone: 'warn' }];
  }
  return [
    muted(` new since ${since.name} (${timeOfDay(since.at)}), by ${duration(beforeMs)} of log before it`),
  ];
}

function patternRow({ now, width }: PatternRows, { pattern, news }: JudgedPattern): Line {
  const level = LEVELS[worstLevel(pattern)];
  const begin = Math.floor(now / BAR_MS) + 1 - TREND_BARS;
  const bars = Array.from({ length: TREND_BARS }, (_, index) =>
    pattern.between((begin + index) * BAR_MS, (begin + index + 1) * BAR_MS),
  );
  return [
    mark(news),
    { text: `${cell(short(pattern.count), 6, 'right')} ` },
    ...(width < TREND_FROM ? [] : [{ text: `${sparkline(bars)} `, tone: 'muted' as const }]),
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
function detail({ since }: PatternRows, { pattern, news }: JudgedPattern): Line {
  const parts = [
    began(news, since),
    [...pattern.versions].sort().join(' '),
    count(pattern.instances.size, 'instance'),
    `last ${timeOfDay(pattern.lastAt)}`,
  ];
  return [muted(` ${parts.filter((part) => part !== '').join(' · ')}`)];
}

function began(news: News, since: Since | null): string {
  if (since === null || news.kind === 'known' || news.kind === 'unknown') return '';
  const verb = news.kind === 'new' ? 'began' : 'rose';
  if (news.onset === null) return `${verb} before the lines that were read`;
  const after = news.onset - since.at;
  return `${verb} ${timeOfDay(news.onset)}, ${duration(after)} after ${since.name}`;
}

function short(number: number): string {
  if (number < 100_000) return String(number);
  return number < 10_000_000 ? `${Math.floor(number / 1_000)}k` : `${Math.floor(number / 1_000_000)}M`;
}

function muted(text: string) {
  return { text, tone: 'muted' as const };
}
