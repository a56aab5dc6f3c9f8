import { badSearch } from '../refusal.ts';
import { tokenize } from './tokens.ts';

const FUNCTIONS = ['count', 'first', 'last', 'min', 'max', 'values', 'dc', 'sum', 'avg'] as const;
export type StatsFunction = (typeof FUNCTIONS)[number];

/** `count`, or a function of one field, under its name in the answer. */
export interface StatsTerm {
  readonly fn: StatsFunction;
  /** null: rows are counted. */
  readonly field: string | null;
  readonly as: string;
}

export interface StatsCommand {
  readonly name: 'stats';
  readonly terms: readonly StatsTerm[];
  readonly by: readonly string[];
}

const TERM = /^\s*([a-z]+)(?:\(\s*([^()\s]*)\s*\))?(?:\s+as\s+([^\s,]+))?(?:\s*,\s*|\s+|$)/i;

/** `stats count, first(a) AS b, … by c, d` (Search Reference, command `stats`). */
export function parseStats(args: string): StatsCommand {
  const [, list = args, by] = /^([\s\S]*?)(?:(?:^|\s)by\s+([\s\S]+))?$/i.exec(args) ?? [];
  const terms: StatsTerm[] = [];
  for (let rest = list.trim(); rest !== ''; ) {
    const [whole, name = '', field = '', as] = TERM.exec(rest) ?? [];
    const fn = FUNCTIONS.find((known) => known === name.toLowerCase());
    if (whole === undefined || fn === undefined || (field === '' && fn !== 'count')) throw invalid(args);
    const own = field === '' ? fn : `${fn}(${field})`;
    terms.push({ fn, field: field === '' ? null : field, as: as ?? own });
    rest = rest.slice(whole.length);
  }
  if (terms.length === 0) throw invalid(args);
  const names = by === undefined ? [] : tokenize(by).map(({ text }) => text);
  if (by !== undefined && names.length === 0) throw invalid(args);
  return { name: 'stats', terms, by: names };
}

function invalid(args: string) {
  return badSearch(`Error in 'stats' command: The argument '${args}' is invalid.`);
}
