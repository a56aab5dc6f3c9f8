import { askedOfSystem, countedBySystem } from '../insight/log-volume.ts';
import { toFailure } from '../model/failure.ts';
import { type Instant, rfc3339 } from '../model/instant.ts';
import type { LogPatterns } from '../model/log-counts.ts';
import type { LogQuery, LogSearch } from '../model/ports/log-search.ts';
import type { Paint } from '../text/paint.ts';
import { patternLines } from './patterns-text.ts';

/** Of the log system's patterns, so many are shown to people. */
const MOST_SHOWN = 20;

/** What was pulled of the span. */
interface Pulled {
  readonly from: Instant;
  readonly now: Instant;
  readonly lines: number;
}

/**
 * Patterns of the whole span as the log system's own engine counts them, where the lines that were pulled are not all
 * of it; null: they are, or the system did not tell, which `complain` is told. Of a text alone it counts none.
 */
export async function systemPatterns(
  search: LogSearch,
  query: LogQuery,
  { from, now, lines }: Pulled,
  complain: (text: string) => void,
  signal: AbortSignal,
): Promise<LogPatterns | null> {
  const held = { since: from, missing: 0, count: lines };
  const span = { from: now - query.sinceMs, to: now };
  if (query.contains !== undefined || askedOfSystem(span, held, 0) === null) return null;
  const { service, environment, sinceMs } = query;
  try {
    return await search.patterns({ service, environment, sinceMs }, signal);
  } catch (thrown) {
    complain(`the whole span is not counted: ${toFailure('oncall', thrown).message}`);
    return null;
  }
}

/** The most frequent ones, under the sentence that says who counted them. */
export function systemPatternLines(
  told: LogPatterns,
  query: LogQuery,
  columns: number,
  paint: Paint,
): readonly string[] {
  const lines = told.patterns.reduce((sum, { count }) => sum + count, 0);
  const atLeast = told.cut || told.incomplete !== null;
  const rows = told.patterns.slice(0, MOST_SHOWN).map(({ count, firstAt, lastAt, level, text }) => ({
    mark: '',
    count,
    trend: [],
    firstAt,
    lastAt,
    level,
    template: text,
    note: '',
  }));
  const rarer = told.patterns.length - rows.length;
  const more = rarer > 0 ? `; the ${rows.length} most frequent of ${told.patterns.length} patterns` : '';
  const why = told.incomplete === null ? [] : [paint('warn', told.incomplete.message)];
  const head = `${countedBySystem(query.service, { lines, atLeast, spanMs: query.sinceMs })}${more}`;
  return ['', paint('muted', head), ...why, '', ...patternLines(rows, columns, paint)];
}

export function systemPatternsDocument(told: LogPatterns) {
  return {
    complete: told.incomplete === null && !told.cut,
    error: told.incomplete && { code: told.incomplete.code, message: told.incomplete.message },
    patterns: told.patterns.map(({ text, level, count, firstAt, lastAt, versions, instances }) => ({
      text,
      level,
      count,
      first_at: firstAt === null ? null : rfc3339(firstAt),
      last_at: lastAt === null ? null : rfc3339(lastAt),
      versions,
      instances,
    })),
  };
}
