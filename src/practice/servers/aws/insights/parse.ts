import { AwsError } from '../protocol.ts';

/** The part of Logs Insights QL that is answered here: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
export type InsightsCommand =
  /** Half open, in milliseconds since 1970. */
  | { readonly name: 'filter'; readonly from: number; readonly to: number }
  | { readonly name: 'fields'; readonly of: readonly string[]; readonly as: string }
  | { readonly name: 'parse'; readonly pattern: RegExp }
  | { readonly name: 'stats'; readonly as: string; readonly bin: InsightsBin; readonly by: readonly string[] }
  | { readonly name: 'pattern' }
  | { readonly name: 'sort'; readonly field: string }
  | { readonly name: 'limit'; readonly count: number };

export interface InsightsBin {
  /** As it was written: the name of its field. */
  readonly name: string;
  readonly ms: number;
}

const UNITS = { s: [1_000, 60], m: [60_000, 60], h: [3_600_000, 24] } as const;

const FORMS: readonly (readonly [RegExp, (...found: string[]) => InsightsCommand])[] = [
  [
    /^filter toMillis\(@timestamp\) >= (\d+) and toMillis\(@timestamp\) < (\d+)$/,
    (from, to) => ({ name: 'filter', from: Number(from), to: Number(to) }),
  ],
  [
    /^fields coalesce\(([\w@, ]+)\) as (\w+)$/,
    (names = '', as = '') => ({ name: 'fields', of: names.split(/\s*,\s*/), as }),
  ],
  [/^parse @message \/([\s\S]+)\/$/, (pattern = '') => ({ name: 'parse', pattern: compiled(pattern) })],
  [
    /^stats count\(\*\) as (\w+) by (bin\((\d+)([smh])\))((?:\s*,\s*\w+)*)$/,
    (as = '', bin = '', count = '', unit = '', rest = '') => ({
      name: 'stats',
      as,
      bin: { name: bin, ms: binMs(Number(count), unit) },
      by: rest.split(/\s*,\s*/).filter((name) => name !== ''),
    }),
  ],
  [/^pattern @message$/, () => ({ name: 'pattern' })],
  [/^sort (@?\w+) desc$/, (field = '') => ({ name: 'sort', field })],
  [/^limit (\d+)$/, (count) => ({ name: 'limit', count: Number(count) })],
];

/** Throws what AWS answers to a query that it does not understand; here that is all but the forms above. */
export function parseQuery(text: string): InsightsCommand[] {
  return commandsIn(text).map((command) => {
    for (const [form, make] of FORMS) {
      const found = form.exec(command);
      if (found !== null) return make(...found.slice(1));
    }
    throw malformed(command);
  });
}

/** Split at pipes that are not within a regular expression. */
function commandsIn(text: string): string[] {
  return (text.match(/(?:\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\])*\/|[^|/])+/g) ?? []).map((part) =>
    part.trim(),
  );
}

function compiled(pattern: string): RegExp {
  try {
    if (/\(\?<\w+>/.test(pattern)) return new RegExp(pattern);
  } catch {
    // Answered below, as for one that names nothing.
  }
  throw malformed(`parse @message /${pattern}/`);
}

function binMs(count: number, unit: string): number {
  const known = unit === 's' || unit === 'm' || unit === 'h' ? UNITS[unit] : null;
  if (known === null || count < 1 || count > known[1]) throw malformed(`bin(${count}${unit})`);
  return count * known[0];
}

function malformed(near: string): AwsError {
  return new AwsError('MalformedQueryException', `unexpected symbol found near: ${near.slice(0, 80)}`);
}
