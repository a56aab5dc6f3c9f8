import * as z from 'zod';
import { LEVEL_FIELDS } from '../../insight/log-names.ts';
import type { LogLevel } from '../../model/log-line.ts';
import { LEVEL_WORDS, levelNamed, START } from '../log/level.ts';
import { quoted } from './spl.ts';

const NOTHING = 'none';

/**
 * Gives each event what it says of its level: `oncall_told` in the first of the usual fields, `oncall_word` in the
 * start of its text; no line has fields of these names. Which level that is, is decided by the table that decides it
 * for each line that is shown (`kindLevel`), so that both agree. (Splunk takes fields from lines that are plain text
 * to us; there its word counts.)
 *
 * A field that two extractions found has several values, and `stats` would count its line for each: only the first is
 * taken. Commands `rex`, `eval`, `fillnull`: https://docs.splunk.com/Documentation/Splunk/latest/SearchReference
 */
export const LEVEL_STAGES: readonly string[] = [
  `rex field=_raw "^(?s:.{0,${START - 1}}?)\\b(?<oncall_word>${LEVEL_WORDS.join('|')})\\b"`,
  `eval oncall_told=mvindex(coalesce(${LEVEL_FIELDS.join(', ')}), 0)`,
  `fillnull value=${quoted(NOTHING)} oncall_told oncall_word`,
];

/** A row that tells how many lines say the same of their level. */
export const kindSchema = z.object({
  oncall_told: z.string(),
  oncall_word: z.string(),
  count: z.coerce.number().int(),
});

export function kindLevel(kind: Pick<z.output<typeof kindSchema>, 'oncall_told' | 'oncall_word'>): LogLevel {
  return levelNamed(kind.oncall_told) ?? levelNamed(kind.oncall_word) ?? 'unknown';
}
