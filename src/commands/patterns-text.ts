import type { Pattern, PatternEngine } from '../insight/patterns/engine.ts';
import { type Instant, rfc3339 } from '../model/instant.ts';
import { painter, type Tone } from '../text/paint.ts';
import { tableLines } from '../text/table.ts';
import type { Output } from './row.ts';

const NUMBERS_A_PART = 8_192;

/** The document of `logs - --patterns --json` in parts: the numbers of millions of lines are never one string. */
export function* patternsJson(
  patterns: readonly Pattern[],
  { lines, dropped }: Pick<PatternEngine, 'lines' | 'dropped'>,
  now: Instant,
): Generator<string, void, void> {
  const head = { schema: 1, at: rfc3339(now), lines_read: lines, lines_dropped: dropped };
  yield `${JSON.stringify(head).slice(0, -1)},"patterns":[`;
  let between = '';
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

const TONES: Readonly<Record<string, Tone>> = { fatal: 'bad', error: 'bad', warn: 'warn', debug: 'muted' };

/** Count, first and last seen, worst level, template; the most frequent first. */
export function patternsText(
  patterns: readonly Pattern[],
  out: Pick<Output, 'color' | 'columns'>,
): readonly string[] {
  const rows = patterns.map(({ count, firstAt, lastAt, levels, template }) => {
    const [level = 'unknown'] = levels;
    return [
      { text: String(count) },
      { text: time(firstAt) ?? '', tone: 'muted' as const },
      { text: time(lastAt) ?? '', tone: 'muted' as const },
      { text: level === 'unknown' ? '' : level.toUpperCase(), tone: TONES[level] ?? null },
      { text: template },
    ];
  });
  const columns = [{ align: 'right' as const }, {}, {}, {}, { gives: true }];
  return tableLines(columns, rows, out.columns, painter(out.color));
}

function time(at: Instant | null): string | null {
  return at === null ? null : rfc3339(at);
}
