import { logSystem } from '../insight/log-system.ts';
import { landedAt } from '../insight/newest-deploy.ts';
import { LivePatterns } from '../insight/patterns/live.ts';
import { type Baseline, type JudgedPattern, judgePatterns, worstLevel } from '../insight/patterns/news.ts';
import { TREND_STEP_MS, TREND_STEPS } from '../insight/patterns/trend.ts';
import type { Failure } from '../model/failure.ts';
import { type Instant, MINUTE, rfc3339 } from '../model/instant.ts';
import type { LogPatterns } from '../model/log-counts.ts';
import type { LogQuery, LogSearch } from '../model/ports/log-search.ts';
import { worldMarks } from '../text/header.ts';
import { type OnsetMarks, onsetText, spanText } from '../text/onset.ts';
import { painter } from '../text/paint.ts';
import { count, dayAndClock } from '../text/time.ts';
import { UsageError } from './exit.ts';
import { jsonDocument } from './json.ts';
import { type LogGround, logGround } from './logs-ground.ts';
import { systemPatternLines, systemPatterns, systemPatternsDocument } from './logs-system-patterns.ts';
import type { Subject } from './look.ts';
import { type PatternRow, patternLines } from './patterns-text.ts';
import { type Context, flag, type Options } from './row.ts';

/** Lines pulled of the span, and of the time before the deploy. */
const MOST_LINES = 10_000;
const BEFORE_MS = 15 * MINUTE;
/** The trends of patterns go no further back. */
const LONGEST_TREND_MS = TREND_STEPS * TREND_STEP_MS;
const BARS = 10;

/** `oncall logs SERVICE --patterns`: what is new since the deploy first, then what there is more of, then the rest. */
export async function run(
  context: Context,
  options: Options,
  subject: Subject,
  query: LogQuery,
): Promise<number> {
  if (flag(options, 'follow')) {
    throw new UsageError(
      '-f and --patterns do not go together: patterns are counted over a time that has passed.',
    );
  }
  const { systems, service } = subject;
  const search = await systems.logSearch();
  const [{ lines, incomplete }, ground] = await Promise.all([
    search.search(query, MOST_LINES, context.stopSignal()),
    logGround(context, subject),
  ]);
  const now = systems.now(logSystem(service));
  const before = await baselineOf(context, search, query, ground, now);
  const patterns = new LivePatterns();
  for (const line of lines) patterns.add(line);
  const capped = lines.length >= MOST_LINES;
  const from = capped ? (lines[0]?.at ?? now) : now - query.sinceMs;
  const since = ground.deploy?.startedAt ?? now;
  const judged = judgePatterns(patterns.patterns(), { since, before, from, countedFrom: from, now });
  const whole = await systemPatterns(
    search,
    query,
    { from, now, lines: lines.length },
    (text) => context.stderr.write(`oncall: ${text}\n`),
    context.stopSignal(),
  );
  const about = {
    ground,
    before,
    from,
    now,
    lines: lines.length,
    dropped: patterns.dropped,
    incomplete,
    whole,
  };
  context.stdout.write(
    flag(options, 'json') ? document(subject, judged, about) : text(context, subject, judged, about, query),
  );
  if (incomplete !== null) context.stderr.write(`oncall: there may be more lines: ${incomplete.message}\n`);
  if (capped) {
    const told = `only the newest ${MOST_LINES} lines, from ${rfc3339(from)} on`;
    context.stderr.write(`oncall: ${told}; ask for less with --since or --grep.\n`);
  } else if (lines.length === 0) context.stderr.write('oncall: no such lines in that time.\n');
  return 0;
}

interface About {
  readonly ground: LogGround;
  readonly before: Baseline | null;
  readonly from: Instant;
  readonly now: Instant;
  readonly lines: number;
  readonly dropped: number;
  readonly incomplete: Failure | null;
  /** Of the whole span, by the log system itself; null: the lines that were read are all of it. */
  readonly whole: LogPatterns | null;
}

/** The quarter of an hour before the deploy; of its newest lines, where there are too many. */
async function baselineOf(
  context: Context,
  search: LogSearch,
  query: LogQuery,
  { deploy }: LogGround,
  now: Instant,
): Promise<Baseline | null> {
  if (deploy === null || deploy.startedAt >= now) return null;
  const to = deploy.startedAt;
  const span = { ...query, untilMs: now - to, sinceMs: now - to + BEFORE_MS };
  const { lines, incomplete } = await search.search(span, MOST_LINES, context.stopSignal());
  if (incomplete !== null) {
    context.stderr.write(`oncall: of before the deploy there may be more lines: ${incomplete.message}\n`);
  }
  const [first] = lines;
  if (first === undefined) return null;
  const patterns = new LivePatterns();
  for (const line of lines) patterns.add(line);
  const from = lines.length >= MOST_LINES ? first.at : to - BEFORE_MS;
  return { patterns: patterns.patterns(), from, to };
}

function text(
  context: Context,
  subject: Subject,
  judged: readonly JudgedPattern[],
  about: About,
  query: LogQuery,
): string {
  const { color, columns } = context.stdout;
  const paint = painter(color);
  const { loaded, service, environment } = subject;
  const marks = worldMarks(loaded.catalog.practice, environment, paint);
  const head = [
    `${paint('strong', service.name)}  patterns  ${marks}`,
    paint('muted', `${count(about.lines, 'line')} since ${dayAndClock(about.from)}`),
    paint('muted', against(about)),
  ];
  const rows = judged.map((each) => rowOf(each, about));
  const whole = about.whole === null ? [] : systemPatternLines(about.whole, query, columns, paint);
  return `${[...head, '', ...patternLines(rows, columns, paint), ...whole].join('\n')}\n`;
}

/** What new and more are measured by; why nothing is, where nothing is known of the time before. */
function against({ ground: { deploy }, before }: About): string {
  if (deploy === null) return 'what is new is not known: no deploy of the last 24 hours to compare with';
  if (before === null) return `what is new is not known: no line from before deploy ${deploy.version}`;
  return `NEW and × against ${spanText(before.from, before.to)} UTC, before deploy ${deploy.version}`;
}

function rowOf({ pattern, news }: JudgedPattern, about: About): PatternRow {
  return {
    mark: news.kind === 'new' ? 'NEW' : news.kind === 'more' ? `×${factor(news.times)}` : '',
    count: pattern.count,
    trend: trendOf(pattern, about),
    firstAt: pattern.firstAt,
    lastAt: pattern.lastAt,
    level: worstLevel(pattern),
    template: pattern.template,
    note:
      'onset' in news && news.onset !== null ? onsetText(news.kind, news.onset, marksOf(about.ground)) : '',
  };
}

function marksOf({ deploy, trigger }: LogGround): OnsetMarks {
  return { deploy: deploy && { version: deploy.version, landedAt: landedAt(deploy) }, trigger };
}

/** Ten counts over the time that was read, oldest first; of the newest half hour, where it is longer. */
function trendOf({ between }: JudgedPattern['pattern'], { from, now }: About): readonly number[] {
  const span = Math.min(LONGEST_TREND_MS, now - from);
  const step = Math.max(1, Math.ceil(span / BARS / TREND_STEP_MS)) * TREND_STEP_MS;
  return Array.from({ length: BARS }, (_, index) => {
    const start = now - (BARS - index) * step;
    return between(start, index === BARS - 1 ? Number.POSITIVE_INFINITY : start + step);
  });
}

function factor(times: number): string {
  return times < 10 ? String(Math.round(times * 10) / 10) : String(Math.round(times));
}

function document({ loaded, systems, service }: Subject, judged: readonly JudgedPattern[], about: About) {
  const { ground, before } = about;
  const { deploy } = ground;
  return jsonDocument(loaded.catalog, systems.now(logSystem(service)), {
    from: rfc3339(about.from),
    lines_read: about.lines,
    lines_dropped: about.dropped,
    incomplete: about.incomplete && { code: about.incomplete.code, message: about.incomplete.message },
    baseline: before && { from: rfc3339(before.from), to: rfc3339(before.to) },
    deploy: deploy && { version: deploy.version, started_at: rfc3339(deploy.startedAt) },
    whole: about.whole && systemPatternsDocument(about.whole),
    patterns: judged.map(({ pattern, news }) => ({
      id: pattern.id,
      template: pattern.template,
      count: pattern.count,
      first_at: rfc3339(pattern.firstAt),
      last_at: rfc3339(pattern.lastAt),
      new: news.kind === 'new',
      news: news.kind,
      times: news.kind === 'more' ? Math.round(news.times * 10) / 10 : null,
      onset_at: 'onset' in news && news.onset !== null ? rfc3339(news.onset) : null,
      trend: trendOf(pattern, about),
      level: worstLevel(pattern),
      versions: [...pattern.versions].sort(),
      instances: [...pattern.instances].sort(),
    })),
  });
}
