import type { PracticeAnswer } from '../server.ts';
import { json, outputMode } from './answer.ts';
import { type Row, SEVERAL } from './event.ts';

/** Rows that one answer holds at most (limits.conf, `maxresultrows`). */
const MAX_ROWS = 50_000;

/** A page of rows as `results`, `events` and `results_preview` give it; `count=0` asks for all, 100 is the default. */
export function page(rows: readonly Row[], parameters: URLSearchParams, preview: boolean): PracticeAnswer {
  const offset = Math.max(Number(parameters.get('offset')) || 0, 0);
  const asked = parameters.get('count');
  const count = asked === null ? 100 : Number(asked) || MAX_ROWS;
  const only = parameters.getAll('f');
  const shown = rows
    .slice(offset, offset + Math.min(count, MAX_ROWS))
    .map((row) => told(restrict(row, only)));
  const names = fieldNames(shown);
  const head = { preview, init_offset: offset, messages: [] };
  switch (outputMode(parameters)) {
    case 'json_rows':
      return json(200, {
        ...head,
        fields: names,
        rows: shown.map((row) => names.map((name) => row[name] ?? null)),
      });
    case 'json_cols':
      return json(200, {
        ...head,
        fields: names,
        columns: names.map((name) => shown.map((row) => row[name] ?? null)),
      });
    default:
      return json(200, { ...head, fields: names.map((name) => ({ name })), results: shown, highlighted: {} });
  }
}

/**
 * `search/v2/jobs/export`: one JSON object a line, previews (each from offset 0) before the final rows, the last
 * one marked `lastrow`; `_time` is written for people here, unlike in `results`.
 */
export async function* exportLines(rows: readonly Row[], previews: boolean): AsyncGenerator<string> {
  const shown = previews ? rows.slice(0, 5) : [];
  for (const [offset, row] of shown.entries()) {
    yield `${JSON.stringify({ preview: true, offset, result: told(readable(row)) })}\n`;
  }
  if (rows.length === 0) yield `${JSON.stringify({ preview: false, lastrow: true })}\n`;
  for (const [offset, row] of rows.entries()) {
    const last = offset === rows.length - 1 ? { lastrow: true } : {};
    yield `${JSON.stringify({ preview: false, offset, ...last, result: told(readable(row)) })}\n`;
  }
}

function readable(row: Row): Row {
  const time = row._time;
  return time === undefined ? row : { ...row, _time: time.replace('T', ' ').replace('+00:00', ' UTC') };
}

function restrict(row: Row, only: readonly string[]): Row {
  if (only.length === 0) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => only.includes(name)));
}

/** A field with several values is a list of them. */
function told(row: Row): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value.includes(SEVERAL) ? value.split(SEVERAL) : value,
    ]),
  );
}

function fieldNames(rows: readonly object[]): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names];
}
