import * as z from 'zod';
import { MESSAGE_FIELDS } from '../../insight/log-names.ts';
import type { LogSource } from '../../model/catalog.ts';
import { SECOND } from '../../model/instant.ts';
import type { LogPattern, LogPatterns } from '../../model/log-counts.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import { SYSTEM } from './failure.ts';
import type { JobAnswer } from './job.ts';
import { kindLevel, LEVEL_STAGES } from './level-spl.ts';
import { toLogLine } from './log-line.ts';
import { searchOf } from './spl.ts';

export const MAX_PATTERNS = 500;
/** Every event has these, so the first value of each is of one and the same event. */
const SAMPLED = ['_raw', '_time', '_indextime', '_cd', '_bkt', 'host'] as const;

/** In `eval`, names with other characters stand in single quotes. */
const MESSAGES = MESSAGE_FIELDS.map((name) => (/^\w+$/.test(name) ? name : `'${name}'`));

const text = z.string().nullish();
const rowSchema = z.object({
  oncall_group: z.string(),
  count: z.coerce.number().int(),
  oncall_first: z.coerce.number(),
  oncall_last: z.coerce.number(),
  oncall_told: z.string(),
  oncall_word: z.string(),
  oncall_version: text,
  oncall_instance: text,
  oncall_sample_raw: z.string(),
  oncall_sample_time: z.coerce.number(),
  oncall_sample_indextime: z.string(),
  oncall_sample_cd: text,
  oncall_sample_bkt: text,
  oncall_sample_host: text,
});

/**
 * Groups and counts in Splunk. `cluster` compares the words of a field, here of the message without the words that
 * hold a digit, which vary from line to line; 0.8 is its own threshold, and with `labelonly` every event stays and only
 * learns the number of its group; lines of another level are told apart:
 * https://docs.splunk.com/Documentation/Splunk/latest/SearchReference/Cluster. One row more than is told shows
 * whether there are more. `stats` with `first`, `min`, `max`, `values`: https://docs.splunk.com/Documentation/Splunk/latest/SearchReference/Stats
 */
export function patternsSpl(source: LogSource, environment: string): string {
  const sample = SAMPLED.map((field) => `first(${field}) AS oncall_sample_${field.replace(/^_/, '')}`);
  return [
    searchOf(source, environment),
    ...LEVEL_STAGES,
    'eval oncall_version=mvindex(version, 0)',
    'eval oncall_instance=mvindex(coalesce(instance, host), 0)',
    `eval oncall_text=replace(mvindex(coalesce(${MESSAGES.join(', ')}, _raw), 0), "\\w*\\d\\w*", "0")`,
    'cluster t=0.8 field=oncall_text labelonly=true labelfield=oncall_group',
    `stats count, min(_time) AS oncall_first, max(_time) AS oncall_last, values(oncall_version) AS oncall_version, values(oncall_instance) AS oncall_instance, ${sample.join(', ')} by oncall_group, oncall_told, oncall_word`,
    'sort 0 -count',
    `head ${MAX_PATTERNS + 1}`,
  ].join(' | ');
}

export function patternsOfRows({ rows, incomplete }: JobAnswer, service: string): LogPatterns {
  const told = rows.slice(0, MAX_PATTERNS).map((row) => decode(SYSTEM, 'a pattern', rowSchema, row));
  // Lines of one group and level may name that level in several ways.
  const same = Map.groupBy(told, (row) => `${row.oncall_group} ${kindLevel(row)}`);
  const patterns = [...same.values()]
    .map((group) => group.map((row) => toPattern(row, service)).reduce(together))
    .sort((one, other) => other.count - one.count);
  return { patterns, cut: rows.length > MAX_PATTERNS, incomplete };
}

function together(one: LogPattern, other: LogPattern): LogPattern {
  return {
    ...one,
    count: one.count + other.count,
    firstAt: Math.min(one.firstAt ?? Infinity, other.firstAt ?? Infinity),
    lastAt: Math.max(one.lastAt ?? -Infinity, other.lastAt ?? -Infinity),
    versions: [...new Set([...(one.versions ?? []), ...(other.versions ?? [])])],
    instances: [...new Set([...(one.instances ?? []), ...(other.instances ?? [])])],
  };
}

function toPattern(row: z.output<typeof rowSchema>, service: string): LogPattern {
  const versions = several(row.oncall_version);
  const instances = several(row.oncall_instance);
  const sample = toLogLine(
    {
      _raw: row.oncall_sample_raw,
      _time: new Date(milliseconds(row.oncall_sample_time)).toISOString(),
      _indextime: row.oncall_sample_indextime,
      _cd: row.oncall_sample_cd ?? null,
      _bkt: row.oncall_sample_bkt ?? null,
      host: row.oncall_sample_host ?? null,
    },
    service,
    () => false,
  );
  return {
    sample: sample === null ? null : { ...sample, level: kindLevel(row) },
    text: sample?.message ?? safeText(row.oncall_sample_raw),
    level: kindLevel(row),
    count: row.count,
    firstAt: milliseconds(row.oncall_first),
    lastAt: milliseconds(row.oncall_last),
    versions,
    instances,
  };
}

/** Of times that Splunk tells to the microsecond; a number so large is off by less than half of one. */
function milliseconds(seconds: number): number {
  return Math.floor(seconds * SECOND + 5e-4);
}

/** Several values of a field come one a line. */
function several(values: string | null | undefined): readonly SafeText[] {
  return values === null || values === undefined || values === ''
    ? []
    : values.split('\n').map((one) => safeText(one));
}
