import * as z from 'zod';
import { LEVEL_FIELDS } from '../../insight/log-names.ts';
import type { LogSource } from '../../model/catalog.ts';
import type { ErrorCount } from '../../model/ports/log-search.ts';
import { decode } from '../http/decode.ts';
import { ERROR_VALUES, ERROR_WORDS, isError, LEVEL_WORDS, levelNamed, START } from '../log/level.ts';
import { SYSTEM } from './failure.ts';
import type { JobAnswer } from './job.ts';
import { quoted, searchOf } from './spl.ts';

/** Kinds of lines, as they name their level: many more than any service has. */
export const MAX_KINDS = 1_000;
const NOTHING = 'none';

const kindSchema = z.object({
  oncall_told: z.string(),
  oncall_word: z.string(),
  count: z.coerce.number().int(),
});

/**
 * Counts in Splunk, by what lines say of their level: `oncall_told` in the first of the usual fields, `oncall_word` in
 * the start of their text; no line has fields of these names. Which of them mean an error is decided by the table that
 * decides it for each line that is shown, so that both agree. (Splunk takes fields from lines that are plain text to
 * us; there its word counts.)
 *
 * The first clause only spares Splunk the lines that can be none. Values and words are found in any case:
 * https://docs.splunk.com/Documentation/Splunk/latest/SearchReference/Search. A field that two extractions found has
 * several values, and `stats` would count its line for each: only the first is taken. Commands `rex`, `eval`,
 * `fillnull`, `stats`: https://docs.splunk.com/Documentation/Splunk/latest/SearchReference
 */
export function errorsSpl(source: LogSource, environment: string): string {
  const values = ERROR_VALUES.map(quoted).join(', ');
  const candidates = [...LEVEL_FIELDS.map((field) => `${field} IN (${values})`), ...ERROR_WORDS.map(quoted)];
  return [
    `${searchOf(source, environment)} (${candidates.join(' OR ')})`,
    `rex field=_raw "^(?s:.{0,${START - 1}}?)\\b(?<oncall_word>${LEVEL_WORDS.join('|')})\\b"`,
    `eval oncall_told=mvindex(coalesce(${LEVEL_FIELDS.join(', ')}), 0)`,
    `fillnull value=${quoted(NOTHING)} oncall_told oncall_word`,
    'stats count by oncall_told, oncall_word',
  ].join(' | ');
}

/** Adds up the kinds that mean an error. */
export function errorCountOf({ rows, incomplete }: JobAnswer): ErrorCount {
  const kinds = rows.map((row) => decode(SYSTEM, 'a count of lines', kindSchema, row));
  const count = kinds
    .filter((kind) => isError(levelNamed(kind.oncall_told) ?? levelNamed(kind.oncall_word) ?? 'unknown'))
    .reduce((sum, kind) => sum + kind.count, 0);
  return { count, atLeast: incomplete !== null || rows.length >= MAX_KINDS };
}
