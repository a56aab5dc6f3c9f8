import type { PracticeLogLine } from '../../../world/state.ts';
import type { InsightsBin, InsightsCommand } from './parse.ts';

export type InsightsRow = Readonly<Record<string, string>>;

const SEVERITIES = { fatal: 'Error', error: 'Error', warn: 'Warning', info: 'Info', debug: 'Debug' } as const;

/** What a query makes of a group's lines. */
export function answerOf(
  commands: readonly InsightsCommand[],
  lines: readonly PracticeLogLine[],
): InsightsRow[] {
  return commands.reduce(apply, lines.map(eventOf));
}

function apply(rows: InsightsRow[], command: InsightsCommand): InsightsRow[] {
  switch (command.name) {
    case 'filter':
      return rows.filter(({ '@at': at }) => Number(at) >= command.from && Number(at) < command.to);
    case 'fields':
      return rows.map((row) => given(row, command.as, command.of.map((name) => row[name]).find(isTold)));
    case 'parse':
      return rows.map((row) => ({ ...row, ...named(command.pattern.exec(row['@message'] ?? '')) }));
    case 'stats':
      return counted(rows, command.bin, command.by, command.as);
    case 'pattern':
      return patternsOf(rows);
    case 'sort':
      return rows.toSorted((one, other) => Number(other[command.field]) - Number(one[command.field]));
    case 'limit':
      return rows.slice(0, command.count);
  }
}

/** JSON is taken apart by itself: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html */
function eventOf({ at, raw, level }: PracticeLogLine): InsightsRow {
  return { ...membersOf(raw), '@message': raw, '@at': String(at), '@severity': SEVERITIES[level] };
}

function membersOf(raw: string): InsightsRow {
  if (!raw.startsWith('{')) return {};
  try {
    const parsed: Record<string, unknown> = JSON.parse(raw);
    return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
  } catch {
    return {};
  }
}

function counted(
  rows: readonly InsightsRow[],
  bin: InsightsBin,
  by: readonly string[],
  as: string,
): InsightsRow[] {
  const groups = new Map<string, { readonly row: InsightsRow; count: number }>();
  for (const row of rows) {
    const begin = Math.floor(Number(row['@at']) / bin.ms) * bin.ms;
    let group: InsightsRow = { [bin.name]: new Date(begin).toISOString().replace('T', ' ').replace('Z', '') };
    // A row lacks what is null.
    for (const name of by) group = given(group, name, row[name]);
    const key = JSON.stringify(group);
    const known = groups.get(key) ?? { row: group, count: 0 };
    groups.set(key, known);
    known.count += 1;
  }
  return [...groups.values()].map(({ row, count }) => ({ ...row, [as]: String(count) }));
}

/** Words with a digit in them are what varies. */
function patternsOf(rows: readonly InsightsRow[]): InsightsRow[] {
  const groups = new Map<string, { severity: string; count: number }>();
  for (const row of rows) {
    const pattern = (row['@message'] ?? '').replace(/[\w.:/-]*\d[\w.:/-]*/g, '<*>');
    const known = groups.get(pattern) ?? { severity: row['@severity'] ?? 'Info', count: 0 };
    groups.set(pattern, known);
    known.count += 1;
  }
  return [...groups].map(([pattern, { severity, count }]) => ({
    '@pattern': pattern,
    '@ratio': (count / rows.length).toFixed(4),
    '@sampleCount': String(count),
    '@severityLabel': severity,
  }));
}

function named(match: RegExpExecArray | null): InsightsRow {
  return Object.fromEntries(Object.entries(match?.groups ?? {}).filter(([, value]) => isTold(value)));
}

function given(row: InsightsRow, name: string, value: string | undefined): InsightsRow {
  return value === undefined ? row : { ...row, [name]: value };
}

function isTold(value: string | undefined): value is string {
  return value !== undefined;
}
