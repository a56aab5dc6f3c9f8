import { type Instant, MINUTE } from '../../model/instant.ts';
import type { LogLevel } from '../../model/log-line.ts';
import type { LivePattern } from './live.ts';
import { fits } from './template.ts';
import { TREND_STEP_MS } from './trend.ts';

/** What a log said before something changed. */
export interface Baseline {
  readonly patterns: readonly LivePattern[];
  /** The time that its lines cover. */
  readonly from: Instant;
  readonly to: Instant;
}

export interface Ground {
  /** When that which is suspected began: a deploy. */
  readonly since: Instant;
  /** null: nothing is known of the time before, so nothing can be called new. */
  readonly before: Baseline | null;
  /** From when on lines are known. */
  readonly from: Instant;
  /** From when on they are at least counted: the first of each pattern is known. */
  readonly countedFrom: Instant;
  /** Up to when lines have come, on the log's clock. */
  readonly now: Instant;
}

/** How a pattern stands against the time before; `onset` null: it began before the lines that are known. */
export type News =
  | { readonly kind: 'new'; readonly onset: Instant | null }
  | { readonly kind: 'more'; readonly times: number; readonly onset: Instant | null }
  | { readonly kind: 'known' }
  /** There is nothing to compare it with. */
  | { readonly kind: 'unknown' };

export interface JudgedPattern {
  readonly pattern: LivePattern;
  readonly news: News;
}

/** The rate of now is that of so long. */
const RATE_MS = 2 * MINUTE;
/** Fewer lines than these say nothing of a rate. */
const LEAST_LINES = 10;
const LEAST_TIMES = 3;
/** How far above chance, in standard deviations of a count. */
const ABOVE_CHANCE = 4;
/** A time before that covers less than that is no measure. */
const LEAST_BEFORE_MS = MINUTE;

const SEVERITY: readonly LogLevel[] = ['fatal', 'error', 'warn', 'unknown', 'info', 'debug'];

/**
 * What is new since then, the worst first, then what there is more of, then the rest, the most frequent first.
 * New is what the time before never said; more, what is said at three times its rate of before or faster, and not by chance.
 */
export function judgePatterns(patterns: readonly LivePattern[], ground: Ground): readonly JudgedPattern[] {
  const judged = patterns.map((pattern) => ({ pattern, news: newsOf(pattern, ground) }));
  return judged.sort(
    (a, b) =>
      rank(a.news) - rank(b.news) ||
      (a.news.kind === 'new' ? severity(a.pattern) - severity(b.pattern) : 0) ||
      b.pattern.count - a.pattern.count ||
      (a.pattern.template < b.pattern.template ? -1 : 1),
  );
}

/** The worst level of its lines. */
export function worstLevel({ levels }: Pick<LivePattern, 'levels'>): LogLevel {
  return SEVERITY.find((level) => levels.has(level)) ?? 'unknown';
}

function newsOf(pattern: LivePattern, ground: Ground): News {
  const { since, before, now } = ground;
  if (before === null || before.to - before.from < LEAST_BEFORE_MS) return { kind: 'unknown' };
  const same = before.patterns.filter((other) => alike(other, pattern));
  if (same.length === 0) {
    if (pattern.firstAt < since) return { kind: 'known' };
    return { kind: 'new', onset: seenBeginning(pattern.firstAt, ground.countedFrom, since) };
  }
  const then = same.reduce((sum, { count }) => sum + count, 0) / (before.to - before.from);
  const expected = then * RATE_MS;
  const found = pattern.between(now - RATE_MS, now + TREND_STEP_MS);
  const chance = expected + ABOVE_CHANCE * Math.sqrt(expected + 1);
  if (found < LEAST_LINES || found < LEAST_TIMES * expected || found <= chance) return { kind: 'known' };
  return {
    kind: 'more',
    times: found / expected,
    onset: seenBeginning(onsetOf(pattern, since, now, then), ground.from, since),
  };
}

function alike(one: LivePattern, other: LivePattern): boolean {
  if (one.id === other.id) return true;
  const [a, b] = [one.template.split(' '), other.template.split(' ')];
  return fits(a, b) || fits(b, a);
}

/** The first step after `since` in which there were clearly more than before. */
function onsetOf(pattern: LivePattern, since: Instant, now: Instant, then: number): Instant {
  const usual = then * TREND_STEP_MS;
  for (let at = Math.max(since, pattern.firstAt); at < now; at += TREND_STEP_MS) {
    const count = pattern.between(at, at + TREND_STEP_MS);
    if (count > 2 * usual + ABOVE_CHANCE * Math.sqrt(usual + 1)) return at;
  }
  return Math.max(since, pattern.firstAt);
}

function seenBeginning(at: Instant, from: Instant, since: Instant): Instant | null {
  return from <= since || at >= from + TREND_STEP_MS ? at : null;
}

function rank({ kind }: News): number {
  return kind === 'new' ? 0 : kind === 'more' ? 1 : 2;
}

function severity(pattern: LivePattern): number {
  return SEVERITY.indexOf(worstLevel(pattern));
}
