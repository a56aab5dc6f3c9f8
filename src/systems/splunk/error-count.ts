import { LEVEL_FIELDS } from '../../insight/log-names.ts';
import type { LogSource } from '../../model/catalog.ts';
import type { ErrorCount } from '../../model/ports/log-search.ts';
import { decode } from '../http/decode.ts';
import { ERROR_VALUES, ERROR_WORDS, isError } from '../log/level.ts';
import { SYSTEM } from './failure.ts';
import type { JobAnswer } from './job.ts';
import { kindLevel, kindSchema, LEVEL_STAGES } from './level-spl.ts';
import { quoted, searchOf } from './spl.ts';

/** Kinds of lines, as they name their level: many more than any service has. */
export const MAX_KINDS = 1_000;

/**
 * Counts in Splunk, by what lines say of their level (`LEVEL_STAGES`).
 *
 * The first clause only spares Splunk the lines that can be none. Values and words are found in any case:
 * https://docs.splunk.com/Documentation/Splunk/latest/SearchReference/Search
 */
export function errorsSpl(source: LogSource, environment: string): string {
  const values = ERROR_VALUES.map(quoted).join(', ');
  const candidates = [...LEVEL_FIELDS.map((field) => `${field} IN (${values})`), ...ERROR_WORDS.map(quoted)];
  return [
    `${searchOf(source, environment)} (${candidates.join(' OR ')})`,
    ...LEVEL_STAGES,
    'stats count by oncall_told, oncall_word',
  ].join(' | ');
}

/** Adds up the kinds that mean an error. */
export function errorCountOf({ rows, incomplete }: JobAnswer): ErrorCount {
  const kinds = rows.map((row) => decode(SYSTEM, 'a count of lines', kindSchema, row));
  const count = kinds.filter((kind) => isError(kindLevel(kind))).reduce((sum, kind) => sum + kind.count, 0);
  return { count, atLeast: incomplete !== null || rows.length >= MAX_KINDS };
}
