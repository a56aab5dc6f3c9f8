import * as z from 'zod';
import type { LogLine } from '../../model/log-line.ts';
import { safeText } from '../../model/safe-text.ts';
import { readLogText } from '../log/log-text.ts';

const value = z
  .union([z.string(), z.array(z.string())])
  .transform((one) => (typeof one === 'string' ? one : one.join('\n')));
/** One row of `results`: every value is a string, or several of them. */
export const rowSchema = z.record(z.string(), value.nullable());
export type Row = z.output<typeof rowSchema>;

const OWN_NAMES = new Set(['linecount', 'punct', 'timestartpos', 'timeendpos', 'splunk_server_group']);

/** What tells an event from all others; null: the row does not. */
export function rowId(row: Row): string | null {
  return row._cd ? `${row._bkt ?? ''}|${row._cd}` : null;
}

/** A row of a search as a log line; null where it lacks its time or its identity. */
export function toLogLine(
  row: Row,
  service: string,
  late: (times: Pick<LogLine, 'at' | 'indexedAt'>) => boolean,
): LogLine | null {
  const at = Date.parse(row._time ?? '');
  const indexedAt = Number(row._indextime) * 1_000;
  const id = rowId(row);
  if (Number.isNaN(at) || Number.isNaN(indexedAt) || id === null) return null;
  const instance = row.instance ?? row.host;
  return {
    id,
    at,
    indexedAt,
    ...readLogText(row._raw ?? '', extracted(row)),
    service,
    instance: instance === undefined || instance === null ? null : safeText(instance),
    late: late({ at, indexedAt }),
  };
}

/** The fields that Splunk extracted, without those that it keeps for itself. */
function extracted(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => !name.startsWith('_') && !OWN_NAMES.has(name)),
  );
}
