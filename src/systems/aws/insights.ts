import * as z from 'zod';
import { LEVEL_FIELDS } from '../../insight/log-names.ts';
import { Failure } from '../../model/failure.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogHistogram, LogPatterns } from '../../model/log-counts.ts';
import type { LogLevel } from '../../model/log-line.ts';
import { safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import { histogramOf } from '../log/buckets.ts';
import { LEVEL_WORDS, levelNamed, START } from '../log/level.ts';
import { MAX_ROWS, type QueryRow, runQuery } from './insights-query.ts';
import type { GroupOfLogs } from './log-page.ts';

const MAX_PATTERNS = 500;

interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * What an event says of its level: in a field of its JSON, in one of its pairs where it begins with one, in the start
 * of its text; each is judged by the table that judges the lines shown. Commands `parse`, `fields`:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
const LEVELS: readonly string[] = [
  `fields coalesce(${LEVEL_FIELDS.join(', ')}) as oncall_told`,
  String.raw`parse @message /^[\w.@-]+=(?:.*?\s)?(?:${LEVEL_FIELDS.join('|')})="?(?<oncall_pair>[A-Za-z0-9]+)/`,
  String.raw`parse @message /^(?s:.{0,${START - 1}}?)(?<oncall_word>\b(?:${LEVEL_WORDS.join('|')})\b|\blevel="?[a-z]+)/`,
];

/** Rows may lack what is null. */
const kindSchema = z.object({
  oncall_count: z.coerce.number().int(),
  oncall_told: z.string().optional(),
  oncall_pair: z.string().optional(),
  oncall_word: z.string().optional(),
});

export async function insightsHistogram(
  place: GroupOfLogs,
  window: Window,
  bucketMs: number,
  signal?: AbortSignal,
): Promise<LogHistogram> {
  const bin = binOf(bucketMs);
  const by = `${bin}, oncall_told, oncall_pair, oncall_word`;
  const rows = await runQuery(place, window, [...LEVELS, `stats count(*) as oncall_count by ${by}`], signal);
  const counts = rows.map((row) => {
    const kind = decode('aws', 'a count of lines', kindSchema, row);
    return { at: timeOf(row, bin), level: kindLevel(kind), count: kind.oncall_count };
  });
  return histogramOf(counts, window, bucketMs, rows.length < MAX_ROWS ? null : tooMany());
}

/**
 * Groups as CloudWatch finds them, without the time, versions and instances of their lines, which `pattern` does not
 * tell: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Pattern.html
 */
export async function insightsPatterns(
  place: GroupOfLogs,
  window: Window,
  signal?: AbortSignal,
): Promise<LogPatterns> {
  const commands = ['pattern @message', 'sort @sampleCount desc', `limit ${MAX_PATTERNS + 1}`];
  const rows = await runQuery(place, window, commands, signal).catch(explained);
  const patterns = rows.slice(0, MAX_PATTERNS).map((row) => {
    const told = decode('aws', 'a pattern', patternSchema, row);
    return {
      sample: null,
      text: safeText(told['@pattern']),
      level: levelNamed(told['@severityLabel']) ?? 'unknown',
      count: told['@sampleCount'],
      firstAt: null,
      lastAt: null,
      versions: null,
      instances: null,
    };
  });
  return { patterns, cut: rows.length > MAX_PATTERNS, incomplete: null };
}

const patternSchema = z.object({
  '@pattern': z.string(),
  '@sampleCount': z.coerce.number().int(),
  '@severityLabel': z.string().optional(),
});

/** `pattern` is refused for groups of another class: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData_Classes.html */
function explained(thrown: unknown): never {
  if (!(thrown instanceof Failure) || thrown.code !== 'invalid') throw thrown;
  const text = `CloudWatch Logs does not group the lines of this log group, as it never does in the class Infrequent Access. It says: ${thrown.message}`;
  throw new Failure('aws', 'invalid', text, thrown.details);
}

function kindLevel({ oncall_told, oncall_pair, oncall_word }: z.output<typeof kindSchema>): LogLevel {
  const word = oncall_word?.replace(/^level="?/, '');
  return levelNamed(oncall_told) ?? levelNamed(oncall_pair) ?? levelNamed(word) ?? 'unknown';
}

/**
 * The longest `bin()` that divides a bucket: it takes up to 60 s, 60 m and 24 h, told in the functions' reference:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html
 */
function binOf(bucketMs: number): string {
  const [unit, ms, most] =
    bucketMs % HOUR === 0
      ? (['h', HOUR, 24] as const)
      : bucketMs % MINUTE === 0
        ? (['m', MINUTE, 60] as const)
        : (['s', SECOND, 60] as const);
  const whole = bucketMs / ms;
  let longest = 1;
  for (let count = 2; count <= Math.min(whole, most); count += 1) if (whole % count === 0) longest = count;
  return `bin(${longest}${unit})`;
}

/** `2026-11-17 03:12:00.000`, in UTC. */
function timeOf(row: QueryRow, bin: string): Instant {
  const at = Date.parse(`${row[bin]?.replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) throw new Failure('aws', 'unreadable', 'CloudWatch Logs: a count tells no time.');
  return at;
}

function tooMany(): Failure {
  return new Failure(
    'aws',
    'too_large',
    'CloudWatch Logs: its answer has no room for all counts of the histogram.',
  );
}
