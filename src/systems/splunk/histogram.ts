import * as z from 'zod';
import type { LogSource } from '../../model/catalog.ts';
import { Failure } from '../../model/failure.ts';
import { type Instant, SECOND } from '../../model/instant.ts';
import type { LogHistogram } from '../../model/log-counts.ts';
import { decode } from '../http/decode.ts';
import { histogramOf } from '../log/buckets.ts';
import { SYSTEM } from './failure.ts';
import type { JobAnswer } from './job.ts';
import { kindLevel, kindSchema, LEVEL_STAGES } from './level-spl.ts';
import { searchOf } from './spl.ts';

/** One row for each bucket and each way to name a level: no answer of Splunk holds more (limits.conf, `maxresultrows`). */
export const MAX_ROWS = 50_000;

const rowSchema = kindSchema.extend({ oncall_at: z.coerce.number() });

/**
 * Counts in Splunk by time and by what lines say of their level. Without `aligntime`, `bin` aligns to 1970:
 * https://docs.splunk.com/Documentation/Splunk/latest/SearchReference/Bin. The bucket is told as a field of another
 * name than `_time`, which answers write in the user's own time zone.
 */
export function histogramSpl(source: LogSource, environment: string, bucketMs: number): string {
  return [
    searchOf(source, environment),
    ...LEVEL_STAGES,
    `bin span=${bucketMs / SECOND}s _time AS oncall_at`,
    'stats count by oncall_at, oncall_told, oncall_word',
  ].join(' | ');
}

export function histogramOfRows(
  { rows, incomplete }: JobAnswer,
  span: { readonly from: Instant; readonly to: Instant },
  bucketMs: number,
): LogHistogram {
  const counts = rows
    .map((row) => decode(SYSTEM, 'a count of lines', rowSchema, row))
    .map((row) => ({ at: row.oncall_at * SECOND, level: kindLevel(row), count: row.count }));
  return histogramOf(counts, span, bucketMs, incomplete ?? (rows.length >= MAX_ROWS ? tooMany() : null));
}

function tooMany(): Failure {
  return new Failure(SYSTEM, 'too_large', 'Splunk: its answer has no room for all counts of the histogram.');
}
