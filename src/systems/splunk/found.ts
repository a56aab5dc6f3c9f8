import type { LogLine } from '../../model/log-line.ts';
import type { JobFound } from '../../model/ports/log-jobs.ts';
import { safeText } from '../../model/safe-text.ts';
import { eachOnce, type JobRows } from './job.ts';
import { type Row, rowId, toLogLine } from './log-line.ts';

/** Fields that a table shows though their name says that Splunk keeps them for itself. */
const SHOWN = new Set(['_time', '_raw']);

export interface FoundDeps {
  /** Of the search: no other one has it. */
  readonly sid: string;
  readonly transforms: boolean;
  serviceOf(row: Row): string;
}

/** Rows that still have their text and time are lines; all others make a table, with the fields in Splunk's order. */
export function foundOf(deps: FoundDeps, { rows, fields }: JobRows, total: number): JobFound {
  const more = Math.max(0, total - rows.length);
  const isLines = rows.length === 0 ? !deps.transforms : rows.every((row) => row._raw && row._time);
  if (isLines) return { kind: 'lines', lines: linesOf(deps, rows), more };
  const own = fields.filter((name) => !name.startsWith('_') || SHOWN.has(name));
  const columns = own.length > 0 ? own : fields;
  return {
    kind: 'table',
    columns: columns.map((name) => safeText(name)),
    rows: rows.map((row) => columns.map((name) => safeText((row[name] ?? '').replaceAll('\n', ', ')))),
    more,
  };
}

/** Oldest first. Commands such as `fields` may have taken away what tells events apart. */
function linesOf({ sid, serviceOf }: FoundDeps, rows: readonly Row[]): LogLine[] {
  return eachOnce(rows)
    .map((row, place) => {
      const whole = {
        ...row,
        _cd: row._cd ?? `${sid}:${place}`,
        _indextime: row._indextime ?? String(Date.parse(row._time ?? '') / 1_000),
      };
      return toLogLine(
        rowId(row) === null ? whole : { ...whole, _bkt: row._bkt ?? '' },
        serviceOf(row),
        () => false,
      );
    })
    .filter((line) => line !== null)
    .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}
